using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class WorkerAgentTests
{
    [Fact]
    public void A_worker_proves_itself_takes_work_and_answers_until_the_answer_is_received()
    {
        WorkerTranscript worker = new(AnnSettings);

        worker.Feed(new WorkerInput.Connected());
        worker.Hear(Offer());
        worker.Feed(new WorkerInput.Prepared(Session(), Model, [Value(-1), Value(-2)], 0.5, ""));
        worker.Hear(new Admitted(Session(), Ann, Model));
        worker.Deliver(70, Work(1));
        worker.Finish(0, 1);
        worker.Confirm(1);
        worker.Pass(5);
        worker.Hear(new WorkReceived(Session(), Ann, [(Session(), 1)]));
        worker.Pass(60);

        Assert.Equal(
            """
            prepare run#1
            to coordinator of run: Proof run#1
            consume a, prefetch 2
            evaluate on slot 0: [1]
            to coordinator of run: WorkDone run#1 1 [1: -1], confirm 1
            acknowledge 70
            to coordinator of run: WorkDone run#1 1 [1: -1], confirm 2
            """,
            worker.Said());
    }

    [Fact]
    public void It_shows_that_it_is_here_when_connected_when_asked_and_every_two_seconds()
    {
        WorkerTranscript worker = new(AnnSettings);

        worker.Pass(3);
        worker.Feed(new WorkerInput.Connected());
        worker.Pass(4);
        worker.Hear(new RollCall());

        Assert.Equal(4, worker.Outputs.Count);
        Assert.All(worker.Outputs, output => Assert.Equal("to watchers: WorkerHere busy 0, sessions", Wording.Of(output)));
    }

    [Fact]
    public void Its_heartbeat_tells_what_it_does()
    {
        var worker = WorkerTranscript.Admitted();
        worker.Deliver(1, Work(1));
        worker.Deliver(2, Work(2));
        worker.Finish(1, 2);
        worker.Clear();

        worker.Hear(new RollCall());

        var here = (WorkerHere)((WorkerOutput.Send)worker.Outputs.Single()).Message;
        Assert.Equal(new WorkerLoad(Busy: 1, Evaluations: 1, BusySeconds: 0.5, Children: 0), here.Load);
        Assert.Equal([Session()], here.Sessions);
    }

    [Fact]
    public void Redelivered_work_goes_back_unevaluated_and_is_acknowledged_once_the_transport_has_the_news()
    {
        var worker = WorkerTranscript.Admitted();

        worker.Deliver(70, Work(1), redelivered: true);
        Assert.Equal("to coordinator of run: WorkDone run#1 1 Redelivered [1: lost, not evaluated], confirm 1", worker.Said());

        worker.Confirm(1);
        Assert.Equal("acknowledge 70", worker.Said());
    }

    [Fact]
    public void A_suspect_begins_once_its_beginning_is_known()
    {
        var worker = WorkerTranscript.Admitted();

        worker.Deliver(70, Work(1, suspect: true));
        Assert.Equal("to coordinator of run: WorkBegun 1, confirm 1", worker.Said());

        worker.Confirm(1);
        Assert.Equal("evaluate on slot 0: [1]", worker.Said());
    }

    [Fact]
    public void The_beginning_of_a_suspect_is_told_again_when_nobody_confirms_it()
    {
        var worker = WorkerTranscript.Admitted();
        worker.Deliver(70, Work(1, suspect: true));

        worker.Pass(5);
        worker.Confirm(1);
        worker.Confirm(2);

        Assert.Equal(
            """
            to coordinator of run: WorkBegun 1, confirm 1
            to coordinator of run: WorkBegun 1, confirm 2
            evaluate on slot 0: [1]
            """,
            worker.Said());
    }

    [Fact]
    public void Work_waits_for_a_free_slot_in_order()
    {
        var worker = WorkerTranscript.Admitted();

        worker.Deliver(1, Work(1));
        worker.Deliver(2, Work(2));
        worker.Deliver(3, Work(3));
        worker.Deliver(4, Work(4));
        worker.Finish(1, 2);
        worker.Finish(0, 1);

        Assert.Equal(
            """
            evaluate on slot 0: [1]
            evaluate on slot 1: [2]
            evaluate on slot 1: [3]
            to coordinator of run: WorkDone run#1 2 [2: -2], confirm 1
            evaluate on slot 0: [4]
            to coordinator of run: WorkDone run#1 1 [1: -1], confirm 2
            """,
            worker.Said());
    }

    [Fact]
    public void Work_of_a_session_that_did_not_admit_it_goes_back()
    {
        var worker = WorkerTranscript.Admitted();

        worker.Deliver(1, Work(1, run: "other"));
        worker.Deliver(2, Work(2, epoch: 2));

        Assert.Equal(
            """
            to coordinator of other: WorkDone other#1 1 NotAdmitted [1: lost, not evaluated], confirm 1
            to coordinator of run: WorkDone run#2 2 NotAdmitted [2: lost, not evaluated], confirm 2
            """,
            worker.Said());
    }

    [Fact]
    public void Work_of_a_session_that_is_over_or_that_makes_no_sense_is_dropped()
    {
        var worker = WorkerTranscript.Admitted();
        worker.Admit(Offer(epoch: 2));
        worker.Clear();

        worker.Deliver(1, Work(1, epoch: 1));
        worker.Deliver(2, Work(2, epoch: 2) with { Requests = [] });
        worker.Deliver(3, Work(3, epoch: 2) with { Requests = [new(Request(3).Id, [1, 2, 3])] });

        Assert.Equal("acknowledge 1\nacknowledge 2\nacknowledge 3", worker.Said());
    }

    [Fact]
    public void A_repeat_is_evaluated_without_a_delivery()
    {
        var worker = WorkerTranscript.Admitted();

        worker.Hear(Work(-5, repeat: true));
        worker.Finish(0, 5);
        worker.Confirm(1);

        Assert.Equal(
            """
            evaluate on slot 0: [5]
            to coordinator of run: WorkDone run#1 -5 [5: -5], confirm 1
            """,
            worker.Said());
    }

    [Fact]
    public void What_was_begun_outlives_a_broken_transport_and_what_was_not_is_left_to_others()
    {
        var worker = WorkerTranscript.Admitted();
        worker.Deliver(1, Work(1));
        worker.Deliver(2, Work(2));
        worker.Deliver(3, Work(3));
        worker.Finish(0, 1);
        worker.Clear();

        worker.Feed(new WorkerInput.Disconnected());
        worker.Finish(1, 2);
        worker.Confirm(1);
        Assert.Empty(worker.Said());

        worker.Feed(new WorkerInput.Connected());
        worker.Confirm(2);
        worker.Confirm(3);
        Assert.Equal(
            """
            consume a, prefetch 2
            to coordinator of run: WorkDone run#1 1 [1: -1], confirm 2
            to coordinator of run: WorkDone run#1 2 [2: -2], confirm 3
            """,
            worker.Said());
    }

    [Fact]
    public void What_is_redelivered_to_its_own_evaluator_accuses_nobody()
    {
        var worker = WorkerTranscript.Admitted();
        worker.Deliver(1, Work(1));
        worker.Deliver(2, Work(2));
        worker.Finish(0, 1);
        worker.Feed(new WorkerInput.Disconnected(), new WorkerInput.Connected());
        worker.Clear();

        worker.Deliver(11, Work(1), redelivered: true);
        worker.Deliver(12, Work(2), redelivered: true);
        worker.Confirm(3);
        worker.Finish(1, 2);
        worker.Confirm(4);

        Assert.Equal(
            """
            to coordinator of run: WorkDone run#1 1 [1: -1], confirm 3
            acknowledge 11
            to coordinator of run: WorkDone run#1 2 [2: -2], confirm 4
            acknowledge 12
            """,
            worker.Said());
    }

    [Fact]
    public void A_stopping_worker_finishes_what_it_evaluates_and_gives_back_the_rest()
    {
        var worker = WorkerTranscript.Admitted();
        worker.Deliver(1, Work(1));
        worker.Deliver(2, Work(2));
        worker.Deliver(3, Work(3));
        worker.Clear();

        worker.Feed(new WorkerInput.Stopping());
        worker.Deliver(4, Work(4));
        worker.Hear(Offer(run: "other"));
        worker.Finish(0, 1);
        worker.Finish(1, 2);
        worker.Confirm(1);
        worker.Confirm(2);
        worker.Confirm(3);
        worker.Confirm(4);
        worker.Pass(10);

        Assert.Equal(
            """
            to coordinator of run: WorkDone run#1 3 Stopping [3: lost, not evaluated], confirm 1
            cease a
            to coordinator of run: WorkDone run#1 4 Stopping [4: lost, not evaluated], confirm 2
            to coordinator of run: WorkDone run#1 1 [1: -1], confirm 3
            to coordinator of run: WorkDone run#1 2 [2: -2], confirm 4
            acknowledge 3
            acknowledge 4
            acknowledge 1
            acknowledge 2
            to watchers: WorkerGone
            stopped
            """,
            worker.Said());
    }

    [Fact]
    public void A_stopping_worker_does_not_wait_for_ever_for_a_transport_that_is_gone()
    {
        var worker = WorkerTranscript.Admitted();
        worker.Deliver(1, Work(1));
        worker.Feed(new WorkerInput.Stopping(), new WorkerInput.Disconnected());
        worker.Finish(0, 1);
        worker.Clear();

        worker.Pass(9.5);
        Assert.Empty(worker.Said());
        worker.Pass(0.5);
        Assert.Equal("stopped", worker.Said());
    }

    [Fact]
    public void A_worker_without_slots_is_a_mistake() =>
        Assert.Equal(
            "A worker has 1 to 4096 slots, not 0. (Parameter 'settings')",
            Assert.Throws<ArgumentException>(() => new WorkerAgent(AnnSettings with { Slots = 0 })).Message);
}
