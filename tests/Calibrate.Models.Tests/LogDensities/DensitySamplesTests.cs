using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.LogDensities;

/// <summary>The samples of <c>samples/densities</c>: each loads without a mistake and is the density it says.</summary>
public class DensitySamplesTests
{
    [Fact]
    public void There_is_a_sample_of_every_density() => Assert.Equal(
        new BuiltInModels().Names.Where(name => name != "two-layer" && new BuiltInModels().TryGet(name, out IModelDefinition? definition) && !definition.IsDirect).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void The_gaussian_has_equal_correlations() => Assert.Equal(
        -0.5 * ((5 * Math.Log(2 * Math.PI)) + (2 * Math.Log(120)) + (4 * Math.Log(0.1)) + Math.Log(4.6)),
        LogLikelihood("gaussian", 0, 0, 0, 0, 0),
        1e-12);

    [Theory]
    [InlineData("rosenbrock", -0.05, 0.0, 0.0)]
    [InlineData("bimodal", -3.224171427529236, -4.0, 0.0)] // ln(1 / (8 pi)), and 3e-14 from the other mode
    [InlineData("funnel", -5.693304954691473, 0.0, 0.0, 0.0, 0.0, 0.0)] // -5 ln(2 pi) / 2 - ln 3
    public void The_others_have_known_values(string name, double expected, params double[] point) =>
        Assert.Equal(expected, LogLikelihood(name, point), 1e-12);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "samples", "densities");

    private static double LogLikelihood(string name, params double[] point)
    {
        Problem problem = ProblemFile.Load(Path.Combine(Folder, name + ".yaml"), new BuiltInModels());
        Assert.Equal(point.Length, problem.Space.Dimension);
        EvaluationBatch batch = new();
        problem.Likelihood.Create().Evaluate(1, point, batch);
        return batch.LogLikelihoods[0];
    }
}
