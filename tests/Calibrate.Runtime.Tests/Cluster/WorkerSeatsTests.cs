using Calibrate.Runtime.Cluster;
using Calibrate.Testing.Simulation;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class WorkerSeatsTests
{
    private readonly WorkerTranscript worker = new(AnnSettings);

    public WorkerSeatsTests()
    {
        worker.Feed(new WorkerInput.Connected());
        worker.Clear();
    }

    [Fact]
    public void One_problem_is_prepared_at_a_time()
    {
        worker.Hear(Offer(run: "one"), Offer(run: "two"), Offer(run: "one"));
        Assert.Equal("prepare one#1", worker.Said());

        Prepared("one", Model);
        Assert.Equal("to coordinator of one: Proof one#1\nto coordinator of two: Proof two#1", worker.Said());
    }

    [Fact]
    public void Another_model_waits_for_its_turn()
    {
        worker.Hear(Offer(run: "one"), Offer(run: "two", model: OtherModel));

        Prepared("one", Model);

        Assert.Equal("prepare one#1\nto coordinator of one: Proof one#1\nprepare two#1", worker.Said());
    }

    [Fact]
    public void A_model_that_is_proved_is_answered_from_memory()
    {
        worker.Admit(Offer());
        worker.Clear();

        worker.Hear(Offer(epoch: 2), Offer(run: "other"), Offer(run: "another", canaries: 3));

        Assert.Equal(
            """
            to coordinator of run: Proof run#2
            cease a
            to coordinator of other: Proof other#1
            prepare another#1
            """,
            worker.Said());
    }

    [Fact]
    public void A_proof_is_sent_again_until_it_is_answered()
    {
        worker.Hear(Offer());
        Prepared("run", Model);
        worker.Clear();

        worker.Pass(16);
        Assert.Equal("to coordinator of run: Proof run#1\nto coordinator of run: Proof run#1", worker.Said());

        worker.Hear(new Admitted(Session(), Ann, Model));
        worker.Pass(60);
        Assert.Equal("consume a, prefetch 2", worker.Said());
    }

    [Fact]
    public void A_proof_is_sent_again_after_a_reconnection_and_when_it_is_asked_for()
    {
        worker.Hear(Offer());
        Prepared("run", Model);
        worker.Clear();

        worker.Feed(new WorkerInput.Disconnected(), new WorkerInput.Connected());
        worker.Hear(Offer());

        Assert.Equal("to coordinator of run: Proof run#1\nto coordinator of run: Proof run#1", worker.Said());
    }

    [Fact]
    public void Another_build_or_platform_is_refused_before_anything_is_built()
    {
        worker.Hear(Offer(run: "one") with { Build = "2.0" });
        worker.Hear(Offer(run: "two") with { Platform = TestIdentity.Platform with { Runtime = ".NET 11" } });

        Assert.Equal(
            """
            to coordinator of one: Proof one#1 refused: It runs another build of Calibrate: 1.0 (modules 0123); the run is driven by 2.0. Install the same build on both.
            to coordinator of two: Proof two#1 refused: Its results could differ in the last bits: .NET runtime: .NET 11 on the coordinator's machine, .NET 10.0.0 on the worker's. Use the same image or the same kind of machine for both.
            """,
            worker.Said());
    }

    [Fact]
    public void What_cannot_be_built_is_told_in_plain_words_and_tried_again_for_the_next_session()
    {
        worker.Hear(Offer());
        worker.Feed(new WorkerInput.Prepared(Session(), null, [], 0, "no such program"));
        worker.Hear(Offer(epoch: 2));

        Assert.Equal("prepare run#1\nto coordinator of run: Proof run#1 refused: no such program\nprepare run#2", worker.Said());
    }

    [Fact]
    public void An_older_session_of_a_run_is_over()
    {
        worker.Admit(Offer(epoch: 3));
        worker.Clear();

        worker.Hear(Offer(epoch: 2), new Admitted(Session(2), Ann, Model), new SessionOver(Session(2)));
        worker.Deliver(1, Work(1, epoch: 2));

        Assert.Equal("acknowledge 1", worker.Said());
    }

    [Fact]
    public void A_newer_session_takes_the_run_over_and_what_the_older_one_had_waiting_is_dropped()
    {
        worker.Admit(Offer());
        worker.Deliver(1, Work(1));
        worker.Deliver(2, Work(2));
        worker.Deliver(3, Work(3));
        worker.Clear();

        worker.Hear(Offer(epoch: 2));
        worker.Finish(0, 1);

        Assert.Equal(
            """
            to coordinator of run: Proof run#2
            acknowledge 3
            cease a
            to coordinator of run: WorkDone run#1 1 [1: -1], confirm 1
            """,
            worker.Said());
    }

    [Fact]
    public void A_newer_session_gets_the_answers_that_the_older_one_did_not_take()
    {
        worker.Admit(Offer());
        worker.Deliver(1, Work(1));
        worker.Finish(0, 1);
        worker.Clear();

        worker.Hear(Offer(epoch: 2));

        Assert.Equal("to coordinator of run: Proof run#2\nto coordinator of run: WorkDone run#1 1 [1: -1], confirm 2\ncease a", worker.Said());
    }

    [Fact]
    public void The_end_of_a_session_drops_what_waits_and_a_new_offer_begins_it_again()
    {
        worker.Admit(Offer());
        worker.Deliver(1, Work(1));
        worker.Deliver(2, Work(2));
        worker.Deliver(3, Work(3));
        worker.Clear();

        worker.Hear(new SessionOver(Session()), new SessionOver(Session()));
        Assert.Equal("acknowledge 3\ncease a", worker.Said());

        worker.Hear(Offer());
        Assert.Equal("to coordinator of run: Proof run#1", worker.Said());
    }

    [Fact]
    public void A_refusal_ends_its_work_and_leaves_other_runs_alone()
    {
        worker.Admit(Offer());
        worker.Admit(Offer(run: "other"));
        worker.Clear();

        worker.Hear(new Refused(Session(), Ann, "why"));
        worker.Deliver(1, Work(1));
        worker.Deliver(2, Work(2, run: "other"));

        Assert.Equal("to coordinator of run: WorkDone run#1 1 NotAdmitted [1: lost, not evaluated], confirm 1\nevaluate on slot 0: [2]", worker.Said());
    }

    [Fact]
    public void What_is_meant_for_another_worker_is_not_taken()
    {
        worker.Hear(Offer());
        Prepared("run", Model);
        worker.Clear();

        worker.Hear(new Admitted(Session(), Bob, Model), new Admitted(Session(), Ann, OtherModel), new Refused(Session(), Bob, "no"));

        Assert.Empty(worker.Said());
    }

    [Fact]
    public void A_session_that_says_nothing_for_an_hour_is_over()
    {
        worker.Admit(Offer());
        worker.Clear();

        worker.Pass(3599);
        Assert.Empty(worker.Said());
        worker.Pass(2);
        Assert.Equal("cease a", worker.Said());
    }

    [Fact]
    public void A_session_whose_evaluation_takes_longer_than_an_hour_is_not()
    {
        worker.Admit(Offer());
        worker.Deliver(1, Work(1));
        worker.Clear();

        worker.Pass(4000);

        Assert.Empty(worker.Said());
    }

    [Fact]
    public void Offers_beyond_the_bound_wait_at_their_coordinators()
    {
        for (var i = 0; i < WorkerSeats.MostSeats + 8; i++)
        {
            worker.Hear(Offer(run: $"run{i}", canaries: 2 + i));
        }

        worker.Clear();
        worker.Hear(new RollCall());

        Assert.Equal(WorkerSeats.MostWaiting, ((WorkerHere)((WorkerOutput.Send)worker.Outputs.Single()).Message).Sessions.Count);
    }

    [Fact]
    public void Sessions_that_are_over_make_room()
    {
        for (var i = 0; i < WorkerSeats.MostSeats; i++)
        {
            worker.Admit(Offer(run: $"run{i}"));
        }

        worker.Clear();
        worker.Hear(Offer(run: "more"));
        Assert.Empty(worker.Said());

        worker.Hear(new SessionOver(Session(run: "run7")), Offer(run: "more"));
        Assert.Equal("to coordinator of more: Proof more#1", worker.Said());
    }

    private void Prepared(string run, ModelFingerprint model) => worker.Feed(new WorkerInput.Prepared(Session(run: run), model, [Value(-1)], 0.5, ""));
}
