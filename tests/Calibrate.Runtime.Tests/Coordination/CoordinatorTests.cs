using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Testing.Methods;
using Calibrate.Testing.Simulation;

namespace Calibrate.Runtime.Tests.Coordination;

/// <summary>Transcripts: what goes into a coordinator, and what comes out, line by line.</summary>
public class CoordinatorTests
{
    [Fact]
    public void A_run_in_blocks()
    {
        var transcript = new Transcript(new RelayMethod(1, ensembles: 2, walkers: 2));
        transcript.Feed(0, transcript.Start(new StopRule(5)));
        transcript.Feed(0, new EngineReady(ExecutionMode.Blocks, 2, 0));
        transcript.Feed(1, transcript.Block(0, to: 3));
        transcript.Feed(2, transcript.Block(0, to: 5));
        transcript.Feed(2, new Tick());
        transcript.Feed(3, transcript.Block(1, to: 5));
        transcript.Feed(3, new EngineQuiet());
        transcript.AssertIs(
            """
            > StartRun
              RunStarted
            > EngineReady Blocks
              do: run ensemble 0 to 5
              do: run ensemble 1 to 5
            > BlockReturned 0 (-1, 3]
              IterationsAdvanced 0 (-1, 3]
            > BlockReturned 0 (3, 5]
              IterationsAdvanced 0 (3, 5]
            > Tick
            > BlockReturned 1 (-1, 5]
              IterationsAdvanced 1 (-1, 5]
              RunCompleted Iterations at 5
              do: cancel
            > EngineQuiet
            """);
    }

    [Fact]
    public void Dataflow_journals_outcomes_before_it_dispatches_what_they_made_ready()
    {
        var transcript = new Transcript(new RelayMethod(1, ensembles: 1, walkers: 2));
        transcript.Feed(0, transcript.Start(new StopRule(1)));
        transcript.Feed(0, new EngineReady(ExecutionMode.Dataflow, 2, 0.5));
        transcript.Feed(0.5, transcript.Answer(batch: 1, (0, 0)));
        transcript.Feed(0.6, transcript.Answer(batch: 1, (0, 0)));
        transcript.Feed(0.7, transcript.Answer(batch: 2, (0, 1)));
        transcript.Feed(0.9, transcript.Answer(batch: 3, (1, 0)), transcript.Answer(batch: 4, (1, 1)));
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
            > EvaluationsReturned (0, 0)
              do: journaled 1
            > EvaluationsReturned (0, 1)
              WalkersAdvanced (0, 1)
              do: journaled 2
              do: dispatch 3: (1, 0)
              do: dispatch 4: (1, 1)
            > EvaluationsReturned (1, 0)
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
    public void Work_goes_on_while_convergence_is_judged_and_what_lies_beyond_is_left_out()
    {
        var transcript = new Transcript(new RelayMethod(1, ensembles: 1, walkers: 2));
        transcript.Feed(0, transcript.Start(new StopRule(1000, Ess: 50)));
        transcript.Feed(0, new EngineReady(ExecutionMode.Blocks, 1, 0));
        transcript.Feed(1, transcript.Block(0, to: 100));
        transcript.Feed(2, new ConvergenceReturned(100, 1.5, 49));
        transcript.Feed(3, transcript.Block(0, to: 144));
        transcript.Feed(4, new ConvergenceReturned(120, 1.5, 51));
        transcript.AssertIs(
            """
            > StartRun
              RunStarted
            > EngineReady Blocks
              do: run ensemble 0 to 120
            > BlockReturned 0 (-1, 100]
              IterationsAdvanced 0 (-1, 100]
              do: judge 100
            > ConvergenceReturned 100
              ConvergenceJudged 100 False
              do: run ensemble 0 to 144
            > BlockReturned 0 (100, 144]
              IterationsAdvanced 0 (100, 144]
              do: judge 120
            > ConvergenceReturned 120
              ConvergenceJudged 120 True
              RunCompleted Converged at 120
              do: cancel
            """);
    }

    [Fact]
    public void A_pause_waits_for_the_blocks_under_way()
    {
        var transcript = new Transcript(new RelayMethod(1, ensembles: 2, walkers: 2));
        transcript.Feed(0, transcript.Start(new StopRule(9)));
        transcript.Feed(0, new EngineReady(ExecutionMode.Blocks, 2, 0));
        transcript.Feed(1, new PauseRun("lunch"));
        transcript.Feed(1, transcript.Block(1, to: 4));
        transcript.Feed(1, transcript.Block(0, to: 2));
        transcript.Feed(1, new EngineQuiet());
        transcript.Feed(9, transcript.Resume());
        transcript.Feed(9, new EngineReady(ExecutionMode.Blocks, 2, 0));
        transcript.AssertIs(
            """
            > StartRun
              RunStarted
            > EngineReady Blocks
              do: run ensemble 0 to 9
              do: run ensemble 1 to 9
            > PauseRun
              do: cancel
            > BlockReturned 1 (-1, 4]
              IterationsAdvanced 1 (-1, 4]
            > BlockReturned 0 (-1, 2]
              IterationsAdvanced 0 (-1, 2]
            > EngineQuiet
              RunPaused at 2: lunch
            > ResumeRun
              RunResumed
            > EngineReady Blocks
              do: run ensemble 0 to 9
              do: run ensemble 1 to 9
            """);
    }

    [Fact]
    public void The_wall_time_ends_the_run_at_the_last_common_iteration_and_counts_from_the_last_resume()
    {
        var transcript = new Transcript(new RelayMethod(1, ensembles: 2, walkers: 2));
        transcript.Feed(0, transcript.Start(new StopRule(90, WallTime: TimeSpan.FromSeconds(10))));
        transcript.Feed(0, new EngineReady(ExecutionMode.Blocks, 2, 0));
        transcript.Feed(9.9, new Tick());
        transcript.Feed(10, new Tick());
        transcript.Feed(10, transcript.Block(0, to: 7), transcript.Block(1, to: 3), new EngineQuiet());
        transcript.Feed(10, transcript.Resume());
        transcript.Feed(19.9, new Tick());
        Assert.Equal(RunStatus.Running, transcript.State.Status);
        transcript.AssertIs(
            """
            > StartRun
              RunStarted
            > EngineReady Blocks
              do: run ensemble 0 to 90
              do: run ensemble 1 to 90
            > Tick
            > Tick
              do: cancel
            > BlockReturned 0 (-1, 7]
              IterationsAdvanced 0 (-1, 7]
            > BlockReturned 1 (-1, 3]
              IterationsAdvanced 1 (-1, 3]
            > EngineQuiet
              RunCompleted WallTime at 3
            > ResumeRun
              RunResumed
            > Tick
            """);
    }

    [Fact]
    public void An_infinite_likelihood_fails_the_run_in_either_mode()
    {
        var blocks = new Transcript(new RelayMethod(1, ensembles: 2, walkers: 2));
        blocks.Feed(0, blocks.Start(new StopRule(9)), new EngineReady(ExecutionMode.Blocks, 2, 0), new EnsembleRefused(1, "infinite"));
        Assert.Equal((RunStatus.Failed, "infinite"), (blocks.State.Status, blocks.State.Reason));

        var dataflow = new Transcript(new RelayMethod(1, ensembles: 1, walkers: 2));
        dataflow.Feed(0, dataflow.Start(new StopRule(9)), new EngineReady(ExecutionMode.Dataflow, 2, 0.5));
        SettledEvaluation infinite = new(new EvaluationId(0, 0, 0, 0), new ModelFailed(ModelFailureKind.PositiveInfinity, "inf"));
        dataflow.Feed(1, new EvaluationsReturned([new BatchAnswer(1, [infinite], 1)]));
        Assert.Equal((RunStatus.Failed, "the log likelihood is infinite"), (dataflow.State.Status, dataflow.State.Reason));
    }

    [Fact]
    public void A_block_that_does_not_follow_on_the_journal_is_left_out()
    {
        var transcript = new Transcript(new RelayMethod(1, ensembles: 1, walkers: 2));
        transcript.Feed(0, transcript.Start(new StopRule(9)), new EngineReady(ExecutionMode.Blocks, 1, 0));
        var first = transcript.Block(0, to: 3);
        transcript.Feed(1, first, first);
        Assert.Equal(3, transcript.State.CommonIteration);
    }

    [Fact]
    public void A_new_demand_for_convergence_does_not_end_a_run_in_its_past()
    {
        var transcript = new Transcript(new RelayMethod(1, ensembles: 1, walkers: 2));
        transcript.Feed(0, transcript.Start(new StopRule(1000)), new EngineReady(ExecutionMode.Blocks, 1, 0));
        transcript.Feed(1, transcript.Block(0, to: 200), new ExtendRun(new StopRule(1000, Ess: 10)));
        Assert.Equal((173, 208), (transcript.State.JudgedThrough, transcript.State.NextCheckpoint));
    }

    [Fact]
    public void An_unknown_command_is_an_error() =>
        Assert.Throws<ArgumentException>(() => new Coordinator(new RelayMethod(1)).Handle(new Unknown(), 0));

    private sealed record Unknown : RunCommand;
}
