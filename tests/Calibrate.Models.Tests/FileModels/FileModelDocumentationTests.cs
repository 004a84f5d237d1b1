using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Models.Tests.FileModels;

/// <summary>docs/models/files.md and the sample say what is true.</summary>
public class FileModelDocumentationTests
{
    private static readonly string Folder = DocumentedBlocks.PathOf("samples", "models", "pest");

    [Fact]
    public void Every_block_loads_and_evaluates() => Assert.All(DocumentedBlocks.Of("files.md"), block =>
        Assert.True(double.IsFinite(ProblemTexts.LogLikelihood(ProblemTexts.Load(block.Text, Folder), 2, 0.5, 0.3))));

    [Fact]
    public void The_sample_fits_its_data_where_they_were_made()
    {
        Problem problem = ProblemFile.Load(Path.Combine(Folder, "tank.yaml"), new BuiltInModels());
        double atTruth = ProblemTexts.LogLikelihood(problem, 2, 0.5, 0.3);

        // Seven observations: chi-square beyond 40 would happen once in a million samples of the data.
        Assert.InRange(-2 * (atTruth + (7 * Math.Log(0.02 * Math.Sqrt(2 * Math.PI)))), 0, 40);
        Assert.True(atTruth > ProblemTexts.LogLikelihood(problem, 2, 0.6, 0.3));
    }
}
