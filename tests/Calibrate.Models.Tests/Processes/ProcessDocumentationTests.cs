using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.Processes;

/// <summary>docs/models/process.md says what is true.</summary>
public class ProcessDocumentationTests
{
    [SkippableFact]
    public void The_model_of_the_page_runs()
    {
        PythonPrograms.Require();
        string[] lines = File.ReadAllLines(DocumentedBlocks.PathOf("docs", "models", "process.md"));
        int begin = Array.IndexOf(lines, "```python") + 1;
        string folder = Directory.CreateTempSubdirectory("calibrate-page-").FullName;
        File.WriteAllLines(Path.Combine(folder, "model.py"), lines[begin..Array.IndexOf(lines, "```", begin)]);
        string file = Path.Combine(folder, "line.yaml");
        File.WriteAllText(file, Assert.Single(DocumentedBlocks.Of("process.md")).Text);
        Problem problem = ProblemFile.Load(file, new BuiltInModels());
        EvaluationBatch results = new();
        ILikelihood likelihood = problem.Likelihood.Create();
        likelihood.Evaluate(1, [2, 1], results);
        ((IDisposable)likelihood).Dispose();
        Directory.Delete(folder, recursive: true);
        double residuals = ((0.1 * 0.1) + (0.1 * 0.1) + (0.2 * 0.2)) / (0.2 * 0.2);
        Assert.Equal((-0.5 * residuals) - (3 * Math.Log(0.2 * Math.Sqrt(2 * Math.PI))), results.LogLikelihoods[0], 1e-9);
    }
}
