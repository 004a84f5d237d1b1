using Calibrate.Models.Tests.Processes;
using Calibrate.Problems.Files;

namespace Calibrate.Models.Tests;

/// <summary>The section of README.md about models of one's own says what is true.</summary>
public sealed class ReadmeModelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-readme-").FullName;

    [Fact]
    public void The_formula_is_a_model() => Assert.Equal(
        -0.5 * Math.Log(2 * Math.PI),
        ProblemTexts.LogLikelihood(ProblemTexts.Load(Block("expression") + """
            parameters: { a: normal(0, 1), b: normal(0, 1), c: normal(0, 1) }
            targets: { y: { output: y, times: [3], values: [14], sigma: 1 } }
            """), 1, 1, 2),
        1e-14);

    [SkippableFact]
    public void The_program_is_a_model()
    {
        PythonPrograms.Require();
        File.Copy(DocumentedBlocks.PathOf("samples", "models", "python", "calibrate_model.py"), Path.Combine(folder, "calibrate_model.py"));
        File.WriteAllText(Path.Combine(folder, "model.py"), "from calibrate_model import serve\nserve(lambda p: {'y': p['a'] * 2}, outputs=['y'])\n");
        string file = Path.Combine(folder, "p.yaml");
        File.WriteAllText(file, Block("command") + "parameters: { a: normal(0, 1) }\ntargets: { y: { output: y, value: 4, sigma: 1 } }\n");
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI), ProblemTexts.LogLikelihood(ProblemFile.Load(file, new BuiltInModels()), 2), 1e-14);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // The YAML block of the section that has a key.
    private static string Block(string key)
    {
        string readme = File.ReadAllText(DocumentedBlocks.PathOf("README.md"));
        int begin = readme.IndexOf("## Your own model", StringComparison.Ordinal);
        string section = readme[begin..readme.IndexOf("\n## ", begin, StringComparison.Ordinal)];
        return section.Split("```yaml\n").Skip(1).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)])
            .Single(block => block.Contains(key + ":", StringComparison.Ordinal));
    }
}
