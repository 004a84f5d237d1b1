using System.Text.Json;
using Calibrate.Cli.Output;
using Calibrate.Numerics.Statistics;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Tests.Output;

/// <summary>What <c>calibrate rescore</c> says about weights of every kind.</summary>
public class RescoringOutputTests
{
    private const int Draws = 4000;

    [Fact]
    public void Even_weights_are_reliable() => Assert.EndsWith(
        "Reliable: the re-weighted draws stand for the new posterior.", Table(Run(i => 0.1 * Math.Sin(i))), StringComparison.Ordinal);

    [Fact]
    public void A_few_draws_that_weigh_everything_are_not()
    {
        var text = Table(Run(i => i < 3 ? 60 * i : Math.Log(1.0 / (i + 1))));
        Assert.Contains("NOT RELIABLE", text, StringComparison.Ordinal);
        Assert.EndsWith("Sample it: calibrate run new.yaml --name old-rescored", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_effective_draws_are_said_to_be_few()
    {
        var text = Table(Run(i => 0.1 * Math.Sin(i), relativeEfficiency: 0.01));
        Assert.Contains("fewer than 400 effective draws are few for quantiles", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_draws_and_failures_are_counted_with_the_first_in_words()
    {
        var text = Table(Run(i => 0.1 * Math.Sin(i)) with { Impossible = 1200, Failures = 7, FirstFailure = "y is not a number" });
        Assert.Contains(
            "1,200 draws are impossible under it and weigh nothing; the likelihood of 7 could not be computed, first: y is not a number.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_weights_are_no_news() => Assert.EndsWith(
        "The posterior is the same: every draw weighs exactly as much as before.", Table(Run(_ => 0) with { Unchanged = true }), StringComparison.Ordinal);

    [Fact]
    public void Json_has_null_for_what_is_no_number()
    {
        using var output = new StringWriter();
        RescoringOutput.WriteJson(output, Run(_ => 0));
        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal(Draws, json.RootElement.GetProperty("draws").GetInt32());
        var shape = json.RootElement.GetProperty("pareto_k");
        Assert.True(shape.ValueKind == JsonValueKind.Null || double.IsFinite(shape.GetDouble()));
        Assert.True(json.RootElement.GetProperty("reliable").ValueKind is JsonValueKind.True or JsonValueKind.False);
    }

    private static string Table(RescoredRun rescored)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var problem = Calibrate.Problems.Files.ProblemFile.Parse(
            new Calibrate.Problems.ProblemSource("/nowhere/p.yaml", Problems.Gaussian, []), new Calibrate.Models.BuiltInModels());
        RescoringOutput.WriteTable(new Terminal(output, error, interactive: false, width: 160), rescored, problem, "new.yaml");
        return output.ToString().TrimEnd();
    }

    private static RescoredRun Run(Func<int, double> logRatio, double relativeEfficiency = 1) => new()
    {
        Run = "old",
        Problem = "new",
        Draws = Draws,
        Smoothing = ParetoSmoothing.Of([.. Enumerable.Range(0, Draws).Select(logRatio)], relativeEfficiency),
        Impossible = 0,
        Failures = 0,
        FirstFailure = null,
        Unchanged = false,
        Quantities = [],
    };
}
