using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Models.Tests.Assemblies;

/// <summary>Models from an assembly: that of the tests, which is loaded a second time, apart from the running one.</summary>
public class AssemblyDefinitionTests
{
    private const string Space = "Calibrate.Models.Tests.Assemblies.";

    [Theory]
    [InlineData("DoublingModel")]
    [InlineData("DoublingFactory")]
    public void A_class_is_a_model_or_makes_them(string type)
    {
        Problem problem = ProblemTexts.Load(Text(Space + type));
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI), ProblemTexts.LogLikelihood(problem, 2), 1e-14);
        Assert.Contains("Calibrate.Models.Tests.dll", ProblemBundle.Of(problem).Files.Keys);
    }

    [Theory]
    [InlineData("DoublingModl", "found 'Calibrate.Models.Tests.Assemblies.DoublingModl', which Calibrate.Models.Tests does not have, expected 'Calibrate.Models.Tests.Assemblies.DoublingModel'")]
    [InlineData("AssemblyDefinitionTests", "which implements neither IModel nor IModelFactory")]
    [InlineData("BrokenModel", "whose constructor threw InvalidOperationException: no licence")]
    public void Says_what_is_wrong_with_the_class(string type, string message)
    {
        ProblemError mistake = ProblemTexts.Mistake(Text(Space + type));
        Assert.Equal("model.type", mistake.Path);
        Assert.Contains(message, mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_when_the_file_is_no_assembly()
    {
        string folder = Directory.CreateTempSubdirectory("calibrate-test-").FullName;
        File.WriteAllText(Path.Combine(folder, "Calibrate.Models.Tests.dll"), "no assembly");
        ProblemError mistake = ProblemTexts.Mistake(Text(Space + "DoublingModel"), folder);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(("model.assembly", "'Calibrate.Models.Tests.dll', which is no .NET assembly"), (mistake.Path, mistake.Found));
    }

    [Fact]
    public void Every_block_of_the_documentation_loads_and_evaluates() => Assert.All(DocumentedBlocks.Of("dotnet.md"), block => Assert.Equal(
        -0.5 * Math.Log(2 * Math.PI),
        ProblemTexts.LogLikelihood(
            ProblemTexts.Load(block.Text
                .Replace("MyModels.dll", "Calibrate.Models.Tests.dll", StringComparison.Ordinal)
                .Replace("MyNamespace.", Space, StringComparison.Ordinal)),
            Math.Log(4)),
        1e-14));

    private static string Text(string type) =>
        $"model: {{ assembly: Calibrate.Models.Tests.dll, type: {type} }}\nparameters: {{ a: normal(0, 1) }}\ntargets: {{ y: {{ output: y, value: 4, sigma: 1 }} }}\n";
}
