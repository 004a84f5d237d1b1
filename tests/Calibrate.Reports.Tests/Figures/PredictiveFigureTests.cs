using System.Text.Json.Nodes;
using Calibrate.Problems;
using Calibrate.Problems.Targets;
using Calibrate.Reports.Figures;
using Calibrate.Reports.Predictive;
using Calibrate.Testing.Problems;

namespace Calibrate.Reports.Tests.Figures;

public class PredictiveFigureTests
{
    // Draw d of 101 predicts d / 100 at every place.
    private static PredictiveTarget Target(Problem problem, double sigma)
    {
        var comparison = TargetComparisons.Of(problem)!.Targets[0];
        var predictions = new double[101, comparison.Observed.Count];
        var sigmas = new double[101, comparison.Observed.Count];
        for (var d = 0; d < 101; d++)
        {
            for (var k = 0; k < comparison.Observed.Count; k++)
            {
                (predictions[d, k], sigmas[d, k]) = (d / 100.0, sigma);
            }
        }

        return new PredictiveTarget(comparison, predictions, sigmas);
    }

    [Fact]
    public void Bands_are_quantiles_over_the_draws()
    {
        var bands = PredictiveFigure.Summarise(Target(new ConjugateProblem().Build(), 0.8));

        for (var q = 0; q < 5; q++)
        {
            Assert.All(bands.Quantiles[q], value => Assert.Equal(PredictiveBands.Probabilities[q], value, 1e-12));
        }

        Assert.Equal([1.2, 0.4, 0.9, 1.5], bands.Observed);
        Assert.Equal([0.0, 1.0, 2.0, 3.0], bands.Axis!);
        Assert.Equal((1.2 - 0.5) / 0.8, bands.Residuals[0], 1e-12);
    }

    [Fact]
    public void Observations_within_their_predictive_interval_are_counted_with_their_errors()
    {
        var problem = new ConjugateProblem { Values = [0.5, 0.5, 1.4, 9] }.Build();

        Assert.Equal(3, PredictiveFigure.Summarise(Target(problem, 0.8)).Covered);
        Assert.Equal(2, PredictiveFigure.Summarise(Target(problem, 1e-6)).Covered);
        Assert.Contains("3 of 4 observations lie within", PredictiveFigure.Create(Target(problem, 0.8), "time", "41 draws").Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_where_the_model_failed_are_left_out()
    {
        var target = Target(new ConjugateProblem().Build(), 0.8);
        for (var k = 0; k < 4; k++)
        {
            target.Predictions[100, k] = double.NaN;
        }

        Assert.Equal(0.495, PredictiveFigure.Summarise(target).Quantiles[2][0], 1e-12);
    }

    [Fact]
    public void A_series_has_bands_data_with_errors_and_residuals()
    {
        var figure = PredictiveFigure.Create(Target(new ConjugateProblem().Build(), 0.8), "time", "some draws");

        Assert.Equal("predictive-places", figure.Name);
        Assert.Equal(["90 % of draws", "50 % of draws", "median", "observations", "residual"], figure.Data.Select(trace => (string)trace!["name"]!));
        Assert.Equal([0.8, 0.8, 0.8, 0.8], ((JsonArray)figure.Data[3]!["error_y"]!["array"]!).Select(value => (double)value!));
        Assert.Equal([0.95, 0.95, 0.95, 0.95, 0.05, 0.05, 0.05, 0.05], ((JsonArray)figure.Data[0]!["y"]!).Select(value => (double)value!));
        Assert.Equal("x", (string)figure.Layout["xaxis2"]!["matches"]!);
        Assert.EndsWith("Some draws.", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_observation_is_a_density_beside_its_error()
    {
        var figure = PredictiveFigure.Create(Target(new ConjugateProblem { Values = [0.7] }.Build(), 0.8), "time", "some draws");

        Assert.Equal(["prediction", "observation"], figure.Data.Select(trace => (string)trace!["name"]!));
    }
}
