using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Testing.Methods;

namespace Calibrate.Runtime.Tests.Coordination;

/// <summary>Transcripts of what the news of a cluster do to a run.</summary>
public class ClusterDecisionsTests
{
    private static readonly Evaluated Fine = new(-1, []);
    private static readonly ResourceExceeded TooLong = new(ResourceKind.Time, "killed after 30 s.");
    private static readonly WorkerId Worker = new("w1");

    [Fact]
    public void Workers_come_go_and_are_turned_away_and_nothing_is_told_twice()
    {
        var transcript = Started();
        transcript.Feed(1, new WorkerAdmitted(Worker, "host a, 2 slots", 2), new WorkerAdmitted(Worker, "host a, 2 slots", 2));
        transcript.Feed(2, new WorkerAdmitted(Worker, "host a, 3 slots", 3));
        transcript.Feed(3, new WorkerTurnedAway(new WorkerId("w2"), "other build"), new WorkerTurnedAway(new WorkerId("w2"), "other build"));
        transcript.Feed(4, new WorkerTurnedAway(new WorkerId("w2"), "other data"));
        Assert.Equal((1, 3), (transcript.State.Workers.Admitted.Count, transcript.State.Workers.Slots));
        transcript.Feed(5, new WorkerLost(Worker, "silent for 10 s"), new WorkerLost(Worker, "silent for 10 s"));
        Assert.Empty(transcript.State.Workers.Admitted);
        transcript.AssertIs(
            """
            > StartRun
              RunStarted
            > WorkerAdmitted w1
              WorkerJoined w1: host a, 2 slots
            > WorkerAdmitted w1
            > WorkerAdmitted w1
              WorkerJoined w1: host a, 3 slots
            > WorkerTurnedAway w2
              WorkerRefused w2: other build
            > WorkerTurnedAway w2
            > WorkerTurnedAway w2
              WorkerRefused w2: other data
            > WorkerLost w1
              WorkerLeft w1: silent for 10 s
            > WorkerLost w1
            """);
    }

    [Fact]
    public void The_first_canaries_stay_the_reference_up_to_the_first_that_was_lost()
    {
        var transcript = Started();
        transcript.Feed(1, new CanariesComputed([new Lost("too slow")]));
        transcript.Feed(2, new CanariesComputed([Fine, new ModelFailed(ModelFailureKind.Exception, "no"), new Lost("too slow"), Fine]));
        transcript.Feed(3, new CanariesComputed([new Evaluated(-2, [])]));
        Assert.Equal([Fine, new ModelFailed(ModelFailureKind.Exception, "no")], transcript.State.CanaryReference.Select(Comparable));
        transcript.AssertIs(
            """
            > StartRun
              RunStarted
            > CanariesComputed
            > CanariesComputed
              CanariesRecorded 2
            > CanariesComputed
            """);
    }

    [Fact]
    public void Slots_come_and_go_while_work_is_under_way()
    {
        var transcript = Started();
        transcript.Feed(0, new SlotsChanged(1, 0.5)); // before the engine says that it is ready
        transcript.Feed(1, new EngineReady(ExecutionMode.Dataflow, 0, 0));
        transcript.Feed(2, new SlotsChanged(0, 0.5));
        transcript.Feed(3, transcript.Answer(1, (0, 0)));
        transcript.Feed(4, new SlotsChanged(2, 0.5));
        transcript.Feed(5, new WorkLost());
        transcript.AssertIs(
            """
            > StartRun
              RunStarted
            > SlotsChanged 1
            > EngineReady Dataflow
              do: dispatch 1: (0, 0)
            > SlotsChanged 0
            > EvaluationsReturned (0, 0)
              WalkersAdvanced (0, 0)
              do: journaled 1
            > SlotsChanged 2
              do: dispatch 2: (0, 1)
            > WorkLost
              do: dispatch 3: (0, 1)
            """);
    }

    [Fact]
    public void A_verdict_pauses_the_run_says_why_and_is_tried_again_after_resuming()
    {
        var transcript = Started(new VerdictRules { Timeout = TimeSpan.FromSeconds(30), ParameterNames = ["a", "b"] });
        transcript.Feed(1, new EngineReady(ExecutionMode.Dataflow, 2, 0.5));
        transcript.Feed(2, transcript.Answer(1, TooLong, (0, 0)), transcript.Answer(1, TooLong, (0, 0)));
        transcript.Feed(3, transcript.Answer(2, Fine, (0, 1)), new EngineQuiet());
        var reason = transcript.State.Reason;
        Assert.Contains("Ensemble 0, iteration 0, walker 0 exceeded its time limit of 30 s: killed after 30 s. Parameters: a = ", reason, StringComparison.Ordinal);
        Assert.Contains("raise execution.timeout", reason, StringComparison.Ordinal);
        Assert.Contains("execution.verdicts: reject", reason, StringComparison.Ordinal);

        transcript.Feed(3, transcript.Answer(3, TooLong, (0, 0))); // late
        transcript.Feed(9, transcript.Resume());
        transcript.Feed(9, new EngineReady(ExecutionMode.Dataflow, 2, 0.5));
        Assert.Equal((1, 0), (transcript.State.Verdicts.Paused, transcript.State.Verdicts.Rejected));
        transcript.AssertIs(
            $"""
            > StartRun
              RunStarted
            > EngineReady Dataflow
              do: dispatch 1: (0, 0)
              do: dispatch 2: (0, 1)
            > EvaluationsReturned (0, 0)
              VerdictReached (0, 0) Time
              do: journaled 1
              do: cancel
            > EvaluationsReturned (0, 0)
              do: journaled 1
            > EvaluationsReturned (0, 1)
              WalkersAdvanced (0, 1)
              do: journaled 2
            > EngineQuiet
              RunPaused at -1: {reason}
            > EvaluationsReturned (0, 0)
              do: journaled 3
            > ResumeRun
              RunResumed
            > EngineReady Dataflow
              do: dispatch 1: (0, 0)
            """);
    }

    [Fact]
    public void A_rejected_verdict_settles_the_evaluation_and_the_run_goes_on()
    {
        var transcript = Started(new VerdictRules { Policy = VerdictPolicy.Reject });
        transcript.Feed(0, new EngineReady(ExecutionMode.Dataflow, 2, 0.5));
        transcript.Feed(0.5, transcript.Answer(1, Fine, (0, 0)), transcript.Answer(2, Fine, (0, 1)), transcript.Answer(3, TooLong, (1, 0)));
        transcript.Feed(0.6, transcript.Answer(4, Fine, (1, 1)));
        Assert.Equal((0, 1), (transcript.State.Verdicts.Paused, transcript.State.Verdicts.Rejected));
        transcript.AssertIs(
            """
            > StartRun
              RunStarted
            > EngineReady Dataflow
              do: dispatch 1: (0, 0)
              do: dispatch 2: (0, 1)
            > EvaluationsReturned (0, 0)
              WalkersAdvanced (0, 0)
              do: journaled 1
            > EvaluationsReturned (0, 1)
              WalkersAdvanced (0, 1)
              do: journaled 2
              do: dispatch 3: (1, 0)
              do: dispatch 4: (1, 1)
            > EvaluationsReturned (1, 0)
              VerdictReached (1, 0) Time, rejected
              WalkersAdvanced (1, 0)
              do: journaled 3
            > EvaluationsReturned (1, 1)
              WalkersAdvanced (1, 1)
              IterationsAdvanced 0 (-1, 1]
              RunCompleted Iterations at 1
              do: journaled 4
              do: cancel
            """);
    }

    [Fact]
    public void Three_processes_that_died_with_an_evaluation_make_a_verdict()
    {
        var transcript = Started();
        transcript.Feed(1, new EngineReady(ExecutionMode.Dataflow, 2, 0.5));
        transcript.Feed(2, transcript.Answer(2, (0, 1)));
        for (var batch = 1; batch <= 3; batch++)
        {
            transcript.Feed(3, transcript.Answer(batch == 1 ? 1 : batch + 1, new Lost("died") { Death = $"process {batch}" }, (0, 0)));
        }

        Assert.Contains("mend the model", Reasons(transcript, new EngineQuiet()), StringComparison.Ordinal);
        transcript.AssertIs(
            $"""
            > StartRun
              RunStarted
            > EngineReady Dataflow
              do: dispatch 1: (0, 0)
              do: dispatch 2: (0, 1)
            > EvaluationsReturned (0, 1)
              WalkersAdvanced (0, 1)
              do: journaled 2
            > EvaluationsReturned (0, 0)
              do: journaled 1
              do: dispatch 3 (suspect): (0, 0)
            > EvaluationsReturned (0, 0)
              do: journaled 3
              do: dispatch 4 (suspect): (0, 0)
            > EvaluationsReturned (0, 0)
              VerdictReached (0, 0) Crash
              do: journaled 4
              do: cancel
            > EngineQuiet
              RunPaused at -1: {transcript.State.Reason}
            """);
    }

    [Fact]
    public void Results_that_disagree_pause_the_run()
    {
        var transcript = Started();
        transcript.Feed(1, new EngineReady(ExecutionMode.Dataflow, 1, 0.5));
        EvaluationRequest request = new(new EvaluationId(0, 0, 0, 0), [1.5, 2]);
        transcript.Feed(2, new ResultsDisagreed(request, ("w1", Fine), ("w2", new Lost("nobody knows"))));
        transcript.Feed(2, new ResultsDisagreed(request, ("w1", Fine), ("w2", new Evaluated(-1.25, []))));
        var reason = Reasons(transcript, new EngineQuiet());
        Assert.Contains("w1 has log likelihood -1, w2 has log likelihood -1.25. Parameters: 1.5, 2.", reason, StringComparison.Ordinal);
        Assert.Equal(1, transcript.State.Disagreements);
        transcript.AssertIs(
            $"""
            > StartRun
              RunStarted
            > EngineReady Dataflow
              do: dispatch 1: (0, 0)
            > ResultsDisagreed
            > ResultsDisagreed
              DisagreementFound (0, 0) w1 w2
              do: cancel
            > EngineQuiet
              RunPaused at -1: {reason}
            """);
    }

    [Fact]
    public void News_that_reach_a_run_before_it_began_or_after_it_ended_are_harmless()
    {
        EvaluationRequest request = new(new EvaluationId(0, 0, 0, 0), [1.5, 2]);
        RunCommand[] news =
        [
            new SlotsChanged(3, 1), new WorkLost(), new WorkerAdmitted(Worker, "", 1), new WorkerLost(Worker, ""), new WorkerTurnedAway(Worker, ""),
            new CanariesComputed([Fine]), new ResultsDisagreed(request, ("w1", Fine), ("w2", TooLong)),
        ];
        var transcript = new Transcript(new RelayMethod(1, ensembles: 1, walkers: 2));
        transcript.Feed(0, news);
        transcript.Feed(0, transcript.Start(new StopRule(9)));
        transcript.Feed(1, new EngineReady(ExecutionMode.Dataflow, 1, 0.5), new WorkerAdmitted(Worker, "host", 1));
        transcript.Feed(2, new PauseRun("lunch"), new EngineQuiet());
        Assert.Empty(transcript.State.Workers.Admitted); // its session is over
        transcript.Feed(3, news);
        Assert.Equal((RunStatus.Paused, "lunch", 0), (transcript.State.Status, transcript.State.Reason, transcript.State.Disagreements));
        Assert.Empty(transcript.State.CanaryReference);
    }

    private static Transcript Started(VerdictRules? rules = null)
    {
        var transcript = new Transcript(new RelayMethod(1, ensembles: 1, walkers: 2), rules);
        transcript.Feed(0, transcript.Start(new StopRule(1)));
        return transcript;
    }

    private static string Reasons(Transcript transcript, RunCommand last)
    {
        transcript.Feed(9, last);
        return transcript.State.Reason;
    }

    // Arrays compare by reference.
    private static EvaluationOutcome Comparable(EvaluationOutcome outcome) =>
        outcome is Evaluated { LogLikelihood: -1, Recorded.Length: 0 } ? Fine : outcome;
}
