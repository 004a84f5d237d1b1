using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class AnswerDeskTests
{
    private readonly FleetTranscript fleet = FleetTranscript.With(Ann, Bob);

    [Fact]
    public void A_redelivered_batch_is_a_death_of_nobody_knows_whom()
    {
        Ask(Batch(4, 1, 2));

        fleet.Hear(Returned(Bob, 4, WorkReturn.Redelivered, 1, 2));

        Assert.Equal(
            """
            tell answer 4 [1: death of unknown consumer of session run#1, 2: death of unknown consumer of session run#1]
            to bob: WorkReceived run#1 4
            """,
            fleet.Said());
    }

    [Fact]
    public void Copies_that_vanished_with_consumers_that_nobody_knows_count_as_one_death()
    {
        Ask(Batch(4, 1));
        Ask(Batch(5, 1));

        fleet.Hear(Returned(Bob, 4, WorkReturn.Redelivered, 1), Returned(Bob, 5, WorkReturn.Redelivered, 1));

        Assert.Equal(
            """
            tell answer 4 [1: death of unknown consumer of session run#1]
            to bob: WorkReceived run#1 4
            tell answer 5 [1: death of unknown consumer of session run#1]
            to bob: WorkReceived run#1 5
            """,
            fleet.Said());
    }

    [Fact]
    public void A_redelivered_suspect_is_the_death_of_who_began_it()
    {
        Ask(Batch(4, 1) with { Suspect = true });

        fleet.Hear(new WorkBegun(Session(), 4, Ann), Returned(Bob, 4, WorkReturn.Redelivered, 1));

        Assert.Equal("tell answer 4 [1: death of ann]\nto bob: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void A_redelivered_suspect_that_nobody_began_is_innocent()
    {
        Ask(Batch(4, 1) with { Suspect = true });

        fleet.Hear(Returned(Bob, 4, WorkReturn.Redelivered, 1));

        Assert.Equal("tell answer 4 [1: lost, its worker vanished before it began]\nto bob: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void A_redelivered_batch_that_was_answered_before_accuses_nobody()
    {
        Ask(Batch(4, 1));

        fleet.Hear(Done(Ann, 4, 1), Returned(Bob, 4, WorkReturn.Redelivered, 1));

        Assert.Equal("tell answer 4 [1: -1]\nto bob: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void A_stopping_worker_gives_its_work_back_at_once()
    {
        Ask(Batch(4, 1));

        fleet.Hear(Returned(Ann, 4, WorkReturn.Stopping, 1));

        Assert.Equal("tell answer 4 [1: lost, worker ann stops]\nto ann: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void A_batch_that_a_worker_would_not_take_goes_out_again_a_second_later()
    {
        Ask(Batch(4, 1));

        fleet.Hear(Returned(Ann, 4, WorkReturn.NotAdmitted, 1));
        Assert.Equal("to ann: Admitted run#1\nto ann: WorkReceived run#1 4", fleet.Said());

        fleet.Pass(0.5);
        Assert.Empty(fleet.Said());
        fleet.Pass(0.5);
        Assert.Equal("tell answer 4 [1: lost, worker ann was not admitted]", fleet.Said());
    }

    [Fact]
    public void An_answer_to_other_parameters_is_garbage_and_asked_for_again()
    {
        Ask(Batch(4, 1, 2));

        fleet.Hear(Done(Ann, 4, 1, 2) with { ParameterHashes = [1, Done(Ann, 4, 1, 2).ParameterHashes[1]] });

        Assert.Equal("tell answer 4 [1: lost, worker ann answered for other parameters, 2: -2]", fleet.Said());
        Assert.Equal(1, fleet.Fleet.Garbage);
    }

    [Fact]
    public void What_an_answer_leaves_out_is_lost_and_what_was_not_asked_is_garbage()
    {
        Ask(Batch(4, 1, 2));

        fleet.Hear(Done(Ann, 4, 2, 9));

        Assert.Equal("tell answer 4 [2: -2, 1: lost, worker ann left it out of its answer]", fleet.Said());
        Assert.Equal(1, fleet.Fleet.Garbage);
    }

    [Fact]
    public void A_crashed_child_is_told_as_it_is()
    {
        Ask(Batch(4, 1));

        fleet.Hear(DoneWith(Ann, 4, (1, new Lost("crashed") { Death = "host 12 start#3" })));

        Assert.Equal("tell answer 4 [1: death of host 12 start#3]\nto ann: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void A_refused_worker_is_not_believed()
    {
        Ask(Batch(4, 1), Batch(5, 2));
        fleet.Hear(Proof(Bob) with { Refusal = "broken" });
        fleet.Clear();

        fleet.Hear(Done(Bob, 4, 1));

        Assert.Equal("tell answer 4 [1: lost, worker bob answered although it was refused]\nto bob: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void The_same_answer_again_is_thanked_for_when_it_is_journaled_or_at_once_when_it_was()
    {
        Ask(Batch(4, 1));
        fleet.Hear(Done(Ann, 4, 1));
        fleet.Clear();

        fleet.Hear(Done(Ann, 4, 1));
        Assert.Empty(fleet.Said());

        fleet.Want(new AnswersJournaled([4]));
        fleet.Pass(0.5);
        fleet.Hear(Done(Ann, 4, 1));
        Assert.Equal("to ann: WorkReceived run#1 4\nto ann: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void A_late_duplicate_that_agrees_is_told_and_counted()
    {
        Ask(Batch(4, 1), Batch(5, 1));

        fleet.Hear(Done(Ann, 4, 1), Done(Bob, 5, 1));

        Assert.Equal("tell answer 4 [1: -1]\ntell answer 5 [1: -1]", fleet.Said());
        Assert.Equal(1, Report().Compared);
    }

    [Fact]
    public void A_late_duplicate_that_differs_is_a_disagreement()
    {
        Ask(Batch(4, 1), Batch(5, 1));

        fleet.Hear(Done(Ann, 4, 1), DoneWith(Bob, 5, (1, Value(Math.BitIncrement(-1)))));

        Assert.Equal(
            """
            tell answer 4 [1: -1]
            tell disagreed on iteration 1: ann -1, bob -0.9999999999999999
            tell answer 5 [1: -1]
            """,
            fleet.Said());
        Assert.Equal(0, Report().Compared);
    }

    [Fact]
    public void A_verdict_is_no_disagreement()
    {
        Ask(Batch(4, 1), Batch(5, 1));

        fleet.Hear(Done(Ann, 4, 1), DoneWith(Bob, 5, (1, new ResourceExceeded(ResourceKind.Time, "slow"))));

        Assert.DoesNotContain("disagreed", fleet.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_late_answer_to_a_batch_that_was_given_up_counts_for_the_evaluation_that_is_out_again()
    {
        Ask(Batch(4, 1), Batch(5, 1));
        fleet.Hear(Returned(Bob, 4, WorkReturn.Stopping, 1));
        fleet.Clear();

        fleet.Hear(Done(Ann, 4, 1));
        fleet.Want(new AnswersJournaled([-1]));
        fleet.Pass(0.5);

        Assert.Equal("tell answer -1 [1: -1]\nto ann: WorkReceived run#1 4", fleet.Said());
    }

    [Fact]
    public void An_answer_that_an_earlier_session_had_asked_for_counts()
    {
        Ask(Batch(4, 1));

        fleet.Hear(Done(Ann, 77, 1) with { Session = Session(0) });
        fleet.Want(new AnswersJournaled([-1]));
        fleet.Pass(0.5);

        Assert.Equal("tell answer -1 [1: -1]\nto ann: WorkReceived run#0 77", fleet.Said());
    }

    [Fact]
    public void An_answer_that_comes_before_the_question_is_given_when_it_is_asked()
    {
        fleet.Hear(Done(Ann, 77, 1, 2) with { Session = Session(0) });
        Assert.Empty(fleet.Said());

        fleet.Want(Batch(1, 1), Batch(2, 2, 3), new AnswersJournaled([1]));
        fleet.Pass(0.5);

        Assert.Equal(
            """
            tell answer 1 [1: -1]
            to queue a: Work 2 [3]
            tell answer -1 [2: -2]
            to ann: WorkReceived run#0 77
            """,
            fleet.Said());
    }

    [Fact]
    public void Two_early_answers_that_contradict_each_other_are_a_disagreement_once_the_question_is_asked()
    {
        fleet.Hear(Done(Ann, 77, 1) with { Session = Session(0) }, DoneWith(Bob, 78, (1, Value(5))) with { Session = Session(0) });
        Assert.Empty(fleet.Said());

        fleet.Want(Batch(1, 1));

        Assert.Equal("tell disagreed on iteration 1: ann -1, bob 5\ntell answer 1 [1: -1]", fleet.Said());
    }

    [Fact]
    public void An_early_answer_to_other_parameters_is_not_given()
    {
        fleet.Hear(Done(Ann, 77, 1) with { Session = Session(0), ParameterHashes = [123] });

        fleet.Want(Batch(1, 1));

        Assert.Equal("to queue a: Work 1 [1]", fleet.Said());
    }

    [Fact]
    public void An_old_answer_that_nobody_will_ask_for_is_thanked_for()
    {
        fleet.Feed(new FleetInput.Progressed(new FleetProgress(10, 100, 0, 90, 4, 0, 0, 0, 0)));

        fleet.Hear(Done(Ann, 77, 9, 10) with { Session = Session(0) });

        Assert.Equal("to ann: WorkReceived run#0 77", fleet.Said());
    }

    [Fact]
    public void An_answer_to_a_batch_that_never_was_is_garbage()
    {
        Ask(Batch(4, 1));

        fleet.Hear(Done(Ann, 5, 1), Done(Ann, 0, 1), Done(Ann, -7, 1));

        Assert.Empty(fleet.Said());
        Assert.Equal(3, fleet.Fleet.Garbage);
    }

    [Fact]
    public void After_a_reconnection_late_answers_are_given_when_their_evaluations_are_asked_for_again()
    {
        Ask(Batch(4, 1));
        fleet.Feed(new FleetInput.Disconnected(), new FleetInput.Connected());
        fleet.Clear();

        fleet.Hear(Done(Ann, 4, 1));
        fleet.Want(Batch(5, 1));

        Assert.Equal("tell answer 5 [1: -1]", fleet.Said());
    }

    private void Ask(params DispatchBatch[] batches)
    {
        fleet.Want(batches);
        fleet.Clear();
    }

    private SessionReport Report()
    {
        fleet.Clear();
        fleet.Hear(new RollCall());
        return ((SessionHere)((FleetOutput.Send)fleet.Outputs.Single()).Message).Report;
    }
}
