using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class WarmModelsTests
{
    private readonly WorkerTranscript worker = new(AnnSettings);

    public WarmModelsTests()
    {
        worker.Feed(new WorkerInput.Connected());
        worker.Clear();
    }

    [Theory]
    [InlineData(0.019, 4)]
    [InlineData(0.020, 2)]
    public void A_brief_model_has_its_next_batch_waiting(double secondsPerEvaluation, int prefetch)
    {
        worker.Admit(Offer(), secondsPerEvaluation);

        Assert.EndsWith($"consume a, prefetch {prefetch}", worker.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_nobody_wants_stays_warm_for_a_minute_and_must_then_be_built_again()
    {
        worker.Admit(Offer());
        worker.Clear();

        worker.Hear(new SessionOver(Session()));
        worker.Pass(59.5);
        Assert.Equal("cease a", worker.Said());

        worker.Pass(0.5);
        worker.Hear(Offer(epoch: 2));
        Assert.Equal("release a\nprepare run#2", worker.Said());
    }

    [Fact]
    public void A_model_is_not_let_go_of_while_a_slot_evaluates_it()
    {
        worker.Admit(Offer());
        worker.Deliver(1, Work(1));
        worker.Clear();

        worker.Hear(new SessionOver(Session()));
        worker.Pass(100);
        Assert.Equal("cease a", worker.Said());

        worker.Finish(0, 1);
        worker.Hear(new WorkReceived(Session(), Ann, [(Session(), 1)]));
        worker.Pass(60);
        Assert.EndsWith("release a", worker.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_share_a_model()
    {
        worker.Admit(Offer());
        worker.Admit(Offer(run: "other"));
        worker.Clear();

        worker.Hear(new SessionOver(Session()));
        Assert.Empty(worker.Said());

        worker.Hear(new SessionOver(Session(run: "other")));
        Assert.Equal("cease a", worker.Said());
    }

    [Fact]
    public void A_proved_model_takes_no_work_before_it_is_admitted()
    {
        worker.Hear(Offer());
        worker.Feed(new WorkerInput.Prepared(Session(), Model, [Value(-1)], 0.5, ""));

        Assert.DoesNotContain("consume", worker.Said(), StringComparison.Ordinal);
    }
}
