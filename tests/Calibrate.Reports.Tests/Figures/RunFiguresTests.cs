using System.Text.Json;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Reports.Figures;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Problems;

namespace Calibrate.Reports.Tests.Figures;

public class RunFiguresTests
{
    private readonly ReportRuns runs = new();

    private async Task<IReadOnlyList<Figure>> FiguresOfAsync(Problem problem)
    {
        await runs.SampleAsync(problem);
        return await RunFigures.CreateAllAsync(runs.Journal, ReportRuns.Run, problem, new PredictiveSettings { Draws = 20 });
    }

    private static Problem Wide() => Enumerable.Range(0, 15)
        .Aggregate(
            new ProblemBuilder("wide").LogDensity([.. Enumerable.Range(0, 15).Select(j => $"x{j}")], new RoundDensity(), "round"),
            (builder, j) => builder.Parameter($"x{j}", new Uniform(-20, 20)))
        .Method(new EnsembleSpecification { Ensembles = 2, Walkers = 32, Iterations = 100, Seed = 3 })
        .Build();

    [Fact]
    public async Task A_run_has_all_figures_in_the_order_of_a_report() => Assert.Equal(
        ["marginals", "corner", "predictive-places", "trace", "rank", "autocorrelation", "ess", "acceptance"],
        (await FiguresOfAsync(new ConjugateProblem { Iterations = 300 }.Build())).Select(figure => figure.Name));

    [Fact]
    public async Task The_same_run_gives_the_same_figures_to_the_last_character()
    {
        var problem = new ConjugateProblem { Iterations = 300 }.Build();
        var once = await FiguresOfAsync(problem);

        var again = await RunFigures.CreateAllAsync(runs.Journal, ReportRuns.Run, problem, new PredictiveSettings { Draws = 20 });

        Assert.Equal(once.Select(figure => figure.ToJson()), again.Select(figure => figure.ToJson()));
    }

    [Fact]
    public async Task One_parameter_needs_no_pairs() =>
        Assert.DoesNotContain(await FiguresOfAsync(TestProblems.Normal(dimension: 1)), figure => figure.Name == FigureNames.Corner);

    [Fact]
    public async Task Many_parameters_are_limited_and_it_is_said()
    {
        var figures = (await FiguresOfAsync(Wide())).ToDictionary(figure => figure.Name);

        Assert.Equal(12, figures[FigureNames.Marginals].Layout.Count(property => property.Key.StartsWith("xaxis", StringComparison.Ordinal)));
        Assert.Contains("Shown are 12 of 15 quantities: the first of the problem.", figures[FigureNames.Marginals].Caption, StringComparison.Ordinal);
        Assert.Contains("9 more quantities are left out", figures[FigureNames.Corner].Caption, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_parameters_those_that_converge_worst_are_shown()
    {
        var problem = Wide();
        await runs.SampleAsync(problem);
        var content = await runs.GatherAsync(problem);

        var shown = content.Figures.Single(figure => figure.Name == FigureNames.Marginals);

        string[] worst = [.. content.Summary.Parameters.OrderByDescending(pair => pair.Value.Rhat).Take(12).Select(pair => pair.Key)];
        string[] titles = [.. Enumerable.Range(1, 12).Select(i => (string)shown.Layout[i == 1 ? "xaxis" : $"xaxis{i}"]!["title"]!["text"]!)];
        Assert.Equal(problem.ReportedNames.Where(worst.Contains), titles);
        Assert.Contains("those with the largest R-hat", shown.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_run_has_figures_of_what_there_is()
    {
        var problem = new ConjugateProblem { Iterations = 300 }.Build();
        await runs.SampleAsync(problem);

        var reader = await RunReader.OpenAsync(runs.Journal, ReportRuns.Run, problem, iteration: 100);
        var figures = await RunFigures.CreateAllAsync(
            reader, problem, new RunFigureSources(await Reports.History.RunHistory.ReadAsync(runs.Journal, ReportRuns.Run)));

        var trace = JsonDocument.Parse(figures.Single(figure => figure.Name == FigureNames.Trace).ToJson()).RootElement.GetProperty("data")[0].GetProperty("x");
        Assert.Equal((61, 100), (trace[0].GetInt32(), trace[trace.GetArrayLength() - 1].GetInt32()));
    }

    [Fact]
    public async Task Failures_have_a_figure() =>
        Assert.Contains(await FiguresOfAsync(TestProblems.FiveMoves), figure => figure.Name == FigureNames.Failures);

    [Fact]
    public async Task Only_trace_types_of_the_cartesian_bundle_are_used()
    {
        string[] bundle = ["bar", "box", "contour", "heatmap", "histogram", "histogram2d", "histogram2dcontour", "image", "pie", "scatter", "scatterternary", "violin"];

        foreach (var figure in await FiguresOfAsync(new ConjugateProblem { Iterations = 300 }.Build()))
        {
            Assert.All(figure.Data, trace => Assert.Contains((string)trace!["type"]!, bundle));
        }
    }

    private sealed class RoundDensity : ILogDensityFactory, ILogDensity
    {
        public int Dimension => 15;

        public ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
        {
            for (var i = 0; i < count; i++)
            {
                logDensities[i] = 0;
                for (var j = 0; j < Dimension; j++)
                {
                    logDensities[i] -= 0.5 * points[(j * count) + i] * points[(j * count) + i];
                }
            }
        }
    }
}
