using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;
using Calibrate.Reports.Figures;
using Calibrate.Reports.Html;
using Calibrate.Testing.Problems;

namespace Calibrate.Reports.Tests.Html;

public class ReportPageTests
{
    private const string Evil = "<img src=x onerror=alert(1)>\"'&</script><!--";

    private readonly ReportRuns runs = new();

    private static IEnumerable<string> Matches(string page, string pattern) =>
        Regex.Matches(page, pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Select(match => match.Groups["it"].Value);

    private static string Structure(string page) => string.Join('\n', Matches(page, """(?<it><h[123]>[^<]*|<(section|figure|nav|table|details) ?[^>]*>|<script type[^>]*>)"""));

    [Theory]
    [InlineData("")]
    [InlineData("German")]
    [InlineData("Swedish")]
    [InlineData("Persian")]
    public async Task The_structure_is_the_same_in_every_culture(string culture)
    {
        CultureInfo.CurrentCulture = Cultures.Of(culture);
        var problem = await runs.SampleAsync(new ConjugateProblem().Build());

        var page = ReportRuns.Page(await runs.GatherAsync(problem));

        Assert.Equal(
            """
            <h1>reported 
            <nav aria-label="Sections">
            <section id="verdict" class="verdict good">
            <h2>Converged: every quantity has R-hat below 1.01, bulk and tail effective sample sizes above 400, and chains of more than 50 autocorrelation times.
            <section id="summary">
            <h2>Summary
            <section id="parameters">
            <h2>Parameters
            <table>
            <section id="posterior">
            <h2>Posterior
            <figure id="figure-marginals">
            <h3>Posterior and prior: what did the observations teach?
            <figure id="figure-corner">
            <h3>Pairs: which quantities can be traded against each other?
            <section id="predictions">
            <h2>Predictions against observations
            <figure id="figure-predictive-places">
            <h3>places: does the model reproduce the observations?
            <section id="convergence">
            <h2>Convergence
            <figure id="figure-trace">
            <h3>Traces: do the ensembles wander over the same range, without drift?
            <figure id="figure-rank">
            <h3>Ranks: do all ensembles see the same distribution?
            <figure id="figure-autocorrelation">
            <h3>Autocorrelation: how long does a walker remember where it was?
            <figure id="figure-ess">
            <h3>Effective sample size: does it grow with every iteration?
            <figure id="figure-acceptance">
            <h3>Acceptance: do the walkers move?
            <section id="failures">
            <h2>Failures
            <section id="run">
            <h2>How the run went
            <table>
            <section id="provenance">
            <h2>Provenance
            <table>
            <details>
            <script type="application/json" id="dark-colours">
            <script type="application/json" id="figure-data-marginals">
            <script type="application/json" id="figure-data-corner">
            <script type="application/json" id="figure-data-predictive-places">
            <script type="application/json" id="figure-data-trace">
            <script type="application/json" id="figure-data-rank">
            <script type="application/json" id="figure-data-autocorrelation">
            <script type="application/json" id="figure-data-ess">
            <script type="application/json" id="figure-data-acceptance">
            """.ReplaceLineEndings("\n"),
            Structure(page));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_needs_nothing_from_outside_and_allows_only_its_own_scripts()
    {
        var problem = await runs.SampleAsync(new ConjugateProblem { Iterations = 200 }.Build());

        var page = ReportRuns.Page(await runs.GatherAsync(problem), "/* plotly */ var a = '</script>';");

        Assert.Empty(Matches(page, """(?<it>(src|href)="(?!#)[^"]*")"""));
        var policy = Assert.Single(Matches(page, "Content-Security-Policy\" content=\"(?<it>[^\"]*)\""));
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        string[] scripts = [.. Matches(page, "<script>(?<it>(.|\\n)*?)</script>")];
        Assert.Equal(2, scripts.Length);
        Assert.Contains(@"<\/script>", scripts[0], StringComparison.Ordinal);
        Assert.All(scripts, script => Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'", policy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_figure_is_json_beside_its_place()
    {
        var problem = await runs.SampleAsync(new ConjugateProblem { Iterations = 200 }.Build());
        var content = await runs.GatherAsync(problem);

        var page = ReportRuns.Page(content);

        foreach (var figure in content.Figures)
        {
            var json = Assert.Single(Matches(page, $"id=\"figure-data-{Regex.Escape(figure.Name)}\">(?<it>[^\\n]*)</script>"));
            using var parsed = JsonDocument.Parse(json);
            Assert.Equal(["data", "layout"], parsed.RootElement.EnumerateObject().Select(property => property.Name));
            Assert.All(parsed.RootElement.GetProperty("data").EnumerateArray(), trace => Assert.Contains(trace.GetProperty("type").GetString(), (string[])["scatter", "contour"]));
            Assert.Single(Matches(page, $"(?<it>data-figure=\"{Regex.Escape(figure.Name)}\")"));
        }
    }

    [Fact]
    public async Task Names_with_markup_are_shown_and_never_run()
    {
        var problem = new ProblemBuilder("evil")
            .Description(Evil)
            .Model(new EvilFactory(), "evil")
            .Parameter(Parameter.Free("x", new Normal(0, 1)) with { Label = Evil, Unit = Evil })
            .Target(new Target(Evil, "y" + Evil) { Values = [0.5], Sigmas = [1] })
            .Derived(new DerivedQuantity("twice", "2 * x") { Label = Evil, Unit = Evil })
            .Method(new EnsembleSpecification { Ensembles = 2, Walkers = 8, Iterations = 200, Seed = 1 })
            .Build();
        await runs.SampleAsync(problem);

        var content = await runs.GatherAsync(problem);
        var page = ReportRuns.Page(content);

        Assert.True(content.Summary.Failures.Count > 0);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", page, StringComparison.Ordinal);
        Assert.Equal(Matches(page, "(?<it><script)").Count(), Matches(page, "(?<it></script>)").Count());
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_plotly_there_are_tables_and_a_word_about_figures()
    {
        var problem = await runs.SampleAsync(new ConjugateProblem { Iterations = 200 }.Build());
        var content = await runs.GatherAsync(problem);

        var page = ReportRuns.Page(content, plotly: null);

        Assert.Contains("script-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Equal(content.Figures.Count, Matches(page, "(?<it>This figure is not drawn)").Count());
        Assert.Contains("<h2>Parameters</h2>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_targets_there_are_no_predictions()
    {
        var problem = await runs.SampleAsync(TestProblems.Normal());

        var page = ReportRuns.Page(await runs.GatherAsync(problem));

        Assert.DoesNotContain("id=\"predictions\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"figure-corner\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_draws_there_is_a_verdict_and_provenance()
    {
        var problem = await runs.SampleAsync(TestProblems.Normal(iterations: 20).WithMethod(new EnsembleSpecification { Ensembles = 2, Walkers = 16, Iterations = 20, WarmUp = 19, Thin = 3, Seed = 3 }));

        var page = ReportRuns.Page(await runs.GatherAsync(problem));

        Assert.Contains("No draws yet: the run is still in its warm-up.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"parameters\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"posterior\"", page, StringComparison.Ordinal);
        Assert.Contains("<h2>Provenance</h2>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_are_told_with_their_places_and_words()
    {
        var problem = await runs.SampleAsync(TestProblems.FiveMoves);

        var page = ReportRuns.Page(await runs.GatherAsync(problem));

        Assert.Contains("the model does not like this corner", page, StringComparison.Ordinal);
        Assert.Contains("id=\"figure-failures\"", page, StringComparison.Ordinal);
        Assert.Contains("Failures: 5 %", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_random_search_is_no_posterior()
    {
        var problem = await runs.SampleAsync(TestProblems.RandomSearch);

        var page = ReportRuns.Page(await runs.GatherAsync(problem));

        Assert.Contains("Not a posterior sample: this run is a random search", page, StringComparison.Ordinal);
        Assert.DoesNotContain("figure-marginals", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_script_of_this_build_keeps_its_licence()
    {
        if (PlotlyScript.Read() is { } script)
        {
            Assert.Contains("Licensed under the MIT license", script[..400], StringComparison.Ordinal);
            Assert.DoesNotContain("new Function(", script, StringComparison.Ordinal);
        }

        Assert.Equal(PlotlyScript.IsAvailable, PlotlyScript.Read() is not null);
    }

    private sealed class EvilFactory : IModelFactory, IModel
    {
        public ModelSignature Signature { get; } = new([new ModelParameter("x")], [new OutputSignature("y" + Evil, Evil)]);

        public IModel Create() => this;

        public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
        {
            if (parameters[0] > 1)
            {
                throw new InvalidOperationException(Evil);
            }

            output[0][0] = parameters[0];
        }
    }
}
