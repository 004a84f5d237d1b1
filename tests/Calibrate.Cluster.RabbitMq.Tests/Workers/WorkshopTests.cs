using Calibrate.Cluster.RabbitMq.Tests.Support;
using Calibrate.Cluster.RabbitMq.Workers;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cluster.RabbitMq.Tests.Workers;

public class WorkshopTests
{
    private readonly Workshop workshop = new(new WorkerOptions(1, SlotIsolation.Thread), new BuiltInModels(), TimeProvider.System);

    [Fact]
    public void What_is_built_has_the_name_that_the_coordinator_gave_it()
    {
        var offer = OfferOf(TestCluster.Gaussian("built"));
        var prepared = workshop.Prepare(offer, CancellationToken.None);
        Assert.Equal((offer.Model, "", Canaries.Count), (prepared.Model, prepared.Refusal, prepared.Canaries.Count));
        Assert.True(prepared.SecondsPerEvaluation >= 0);
    }

    [Fact]
    public async Task The_slot_that_proved_itself_is_the_first_to_be_used_and_forgetting_gives_it_back()
    {
        var offer = OfferOf(TestCluster.Gaussian("spare"));
        workshop.Prepare(offer, CancellationToken.None);
        workshop.Prepare(offer, CancellationToken.None);
        var first = workshop.SlotOf(offer.Model);
        var left = Assert.Single(workshop.Forget(offer.Model));
        Assert.NotSame(first, left);
        Assert.Throws<RunException>(() => workshop.SlotOf(offer.Model));
        await first.DisposeAsync();
        await left.DisposeAsync();
    }

    [Fact]
    public void Limits_are_not_taken_by_threads()
    {
        var prepared = workshop.Prepare(OfferOf(TestCluster.Gaussian("limited", more: "execution: { timeout: 10s }")), CancellationToken.None);
        Assert.Null(prepared.Model);
        Assert.Contains("--isolation process", prepared.Refusal, StringComparison.Ordinal);
    }

    private static Offer OfferOf(Problem problem) => new(
        new SessionId(RunId.Parse(problem.Name), 1),
        ClusterModel.Of(problem, BuildIdentity.Current),
        ProblemBundle.Of(problem),
        HostPlatform.Current,
        BuildIdentity.Current,
        Canaries.Of(problem),
        ClusterModel.LimitsOf(problem));
}
