using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Models.Tests.Processes;

/// <summary>What <c>docs/models/python.md</c> shows. The last block, <c>sample()</c>, is run by the tests of the command line.</summary>
public sealed class PythonDocumentationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-python-").FullName;

    [SkippableFact]
    public void The_first_example_is_a_line()
    {
        PythonPrograms.Require();
        string[] lines = File.ReadAllLines(DocumentedBlocks.PathOf("docs", "models", "python.md"));
        int start = Array.IndexOf(lines, "```python") + 1;
        File.WriteAllLines(Path.Combine(folder, "line.py"), lines[start..Array.IndexOf(lines, "```", start)]);
        File.Copy(DocumentedBlocks.PathOf("samples", "models", "python", "calibrate_model.py"), Path.Combine(folder, "calibrate_model.py"));
        string file = Path.Combine(folder, "line.yaml");
        File.WriteAllText(file, Assert.Single(DocumentedBlocks.Of("python.md")).Text);

        Problem problem = ProblemFile.Load(file, new BuiltInModels());

        // observations 1.1, 2.9, 5.2 with sigma 0.2, the line 1 + 2 x
        double chiSquared = ((0.1 * 0.1) + (0.1 * 0.1) + (0.2 * 0.2)) / (0.2 * 0.2);
        double expected = (-0.5 * chiSquared) - (3 * (Math.Log(0.2) + (0.5 * Math.Log(2 * Math.PI))));
        Assert.Equal(expected, ProblemTexts.LogLikelihood(problem, 1, 2), 1e-12);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
