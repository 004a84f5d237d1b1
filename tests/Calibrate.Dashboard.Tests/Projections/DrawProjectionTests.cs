using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Dashboard.Tests.Projections;

public class DrawProjectionTests
{
    private readonly InMemoryJournal journal = new();

    [Fact]
    public async Task Estimates_of_a_run_that_was_read_whole_are_those_of_its_summary()
    {
        var problem = new ConjugateProblem { Iterations = 4000 }.Build();
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, problem);
        var follower = new RunFollower(journal, DashboardUnderTest.Demo);
        await follower.LookAsync();
        var projection = new DrawProjection(journal, DashboardUnderTest.Demo, follower.State!.Identity, problem);
        Assert.True(await projection.LookAsync(CancellationToken.None));
        Assert.False(await projection.LookAsync(CancellationToken.None));

        var view = DrawViews.Of(projection.Segments, projection.Names, problem, 4000, projection.WarmUpAt(4000));
        var summary = await RunSummaries.MakeAsync(journal, DashboardUnderTest.Demo, problem);
        Assert.Equal(800, view.WarmUp);
        Assert.InRange(view.Coverage, 0.85, 1);
        Assert.Equal(["mu", "twice", RunReader.LogPosterior], view.Quantities.Select(quantity => quantity.Name));
        var (mu, exact) = (view.Quantities[0], summary.Parameters[0].Value);

        // All but the stretch in which the warm-up ends: within three standard errors of the whole, and quantiles within those of 4096 draws.
        Assert.Equal(exact.Mean, mu.Mean, 3 * exact.McseMean);
        Assert.Equal(exact.Sd, mu.Sd, 0.1 * exact.Sd);
        Assert.Equal(exact.Median, mu.Median, 0.2 * exact.Sd);
        Assert.Equal(exact.Q95, mu.Q95, 0.3 * exact.Sd);
        Assert.InRange(mu.Ess / exact.EssBulk, 0.3, 3);
        Assert.Equal(2, view.Acceptance.Count);
        Assert.All(view.Acceptance.SelectMany(line => line.Y), share => Assert.InRange(share, 0.2, 1));
    }

    [Fact]
    public async Task Traces_are_draws_of_walkers_at_their_iterations()
    {
        var problem = new ConjugateProblem { Iterations = 300 }.Build();
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, problem);
        var follower = new RunFollower(journal, DashboardUnderTest.Demo);
        await follower.LookAsync();
        var projection = new DrawProjection(journal, DashboardUnderTest.Demo, follower.State!.Identity, problem);
        await projection.LookAsync(CancellationToken.None);
        var view = DrawViews.Of(projection.Segments, projection.Names, problem, 300, projection.WarmUpAt(300));

        var reader = await RunReader.OpenAsync(journal, DashboardUnderTest.Demo, problem);
        var draws = await reader.ReadAsync("mu");
        Assert.Equal(8, view.Quantities[0].Traces.Count);
        foreach (var trace in view.Quantities[0].Traces)
        {
            var places = view.Places[trace.Ensemble];
            Assert.Equal(places.Length, trace.Y.Length);
            Assert.Equal(300, places[^1]);
            var chain = draws.Chain((trace.Ensemble * 16) + trace.Walker);
            for (var i = 0; i < places.Length; i++)
            {
                if (places[i] > reader.WarmUp)
                {
                    Assert.Equal(chain[places[i] - reader.WarmUp - 1], trace.Y[i]);
                }
            }
        }
    }
}
