using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class FleetTests
{
    [Fact]
    public void A_session_finds_a_worker_hands_out_work_and_thanks_for_the_answer_once_it_is_journaled()
    {
        FleetTranscript fleet = new(Settings());

        fleet.Feed(new FleetInput.Connected());
        fleet.Hear(Here(Ann, Session()), Proof(Ann));
        fleet.Want(Batch(1, 1, 2));
        fleet.Hear(Done(Ann, 1, 1, 2));
        fleet.Want(new AnswersJournaled([1]));
        fleet.Want(new CancelWork());

        Assert.Equal(
            """
            to all workers: Offer run#1
            to all workers: RollCall
            to ann: Admitted run#1
            tell canaries 2
            tell admitted ann: host-ann, process 7, 2 slots
            tell slots 2 at 0.5 s
            to queue a: Work 1 [1, 2]
            tell answer 1 [1: -1, 2: -2]
            to ann: WorkReceived run#1 1
            to all workers: SessionOver
            tell EngineQuiet
            """,
            fleet.Said());
    }

    [Fact]
    public void After_a_reconnection_everything_that_was_out_is_asked_for_again_and_workers_are_still_admitted()
    {
        var fleet = FleetTranscript.With(Ann);
        fleet.Want(Batch(1, 1));
        fleet.Clear();

        fleet.Feed(new FleetInput.Disconnected());
        fleet.Pass(60);
        fleet.Feed(new FleetInput.Connected());
        fleet.Want(Batch(2, 1));

        Assert.Equal(
            """
            tell slots 0 at 0.5 s
            to all workers: Offer run#1
            to all workers: RollCall
            tell WorkLost
            tell slots 2 at 0.5 s
            to queue a: Work 2 [1]
            """,
            fleet.Said());
    }

    [Fact]
    public void Nothing_is_sent_without_a_transport()
    {
        FleetTranscript fleet = new(Settings());

        fleet.Want(Batch(1, 1));
        fleet.Hear(Here(Ann));
        fleet.Pass(5);

        Assert.Empty(fleet.Said());
    }

    [Fact]
    public void A_session_that_is_over_takes_no_workers_but_still_takes_answers()
    {
        var fleet = FleetTranscript.With(Ann);
        fleet.Want(Batch(1, 1), new CancelWork());
        fleet.Clear();

        fleet.Hear(Here(Bob), Proof(Bob), Done(Ann, 1, 1));
        Assert.Equal("", fleet.Said());

        fleet.Want(Batch(2, 1));
        Assert.Equal("tell answer 2 [1: -1]", fleet.Said());
    }

    [Fact]
    public void Receipts_wait_for_the_next_half_second_but_not_beyond_the_end()
    {
        var fleet = FleetTranscript.With(Ann);
        fleet.Want(Batch(1, 1), Batch(2, 2), Batch(3, 3), Batch(4, 4));
        fleet.Hear(Done(Ann, 1, 1), Done(Ann, 2, 2), Done(Ann, 3, 3), Done(Ann, 4, 4));
        fleet.Clear();

        fleet.Want(new AnswersJournaled([1]), new AnswersJournaled([2]));
        Assert.Empty(fleet.Said());
        fleet.Pass(0.5);
        Assert.Equal("to ann: WorkReceived run#1 1, run#1 2", fleet.Said());

        fleet.Want(new AnswersJournaled([3]), new CancelWork());
        Assert.StartsWith("to ann: WorkReceived run#1 3\n", fleet.Said(), StringComparison.Ordinal);
        fleet.Want(new AnswersJournaled([4]));
        Assert.Equal("to ann: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void What_makes_no_sense_is_counted_and_never_thrown()
    {
        var fleet = FleetTranscript.With(Ann);

        fleet.Feed(new FleetInput.Garbled());
        fleet.Hear(new Admitted(Session(), Ann, Model), new WorkReceived(Session(), Ann, []), Work(1), Offer());

        Assert.Equal(5, fleet.Fleet.Garbage);
        Assert.Empty(fleet.Said());
    }

    [Fact]
    public void Messages_for_others_are_no_garbage()
    {
        var fleet = FleetTranscript.With(Ann);

        fleet.Hear(Proof(Bob, epoch: 7), new WorkBegun(Session(7), 1, Bob));

        Assert.Equal(0, fleet.Fleet.Garbage);
        Assert.Empty(fleet.Said());
    }
}
