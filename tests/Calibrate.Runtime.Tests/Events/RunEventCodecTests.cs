using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Testing.Simulation;

namespace Calibrate.Runtime.Tests.Events;

public class RunEventCodecTests
{
    private static readonly StopRule Rule = new(500, Ess: 400, Rhat: 1.01, WallTime: TimeSpan.FromSeconds(90));

    public static TheoryData<RunEvent> SmallEvents => new(
        new ConvergenceJudged(100, double.NaN, 12.5, false, 3.25),
        new RunPaused("somebody wanted it", -1, 1.5),
        new RunResumed(TestIdentity.Platform, true, "local", "1.2.3", 8),
        new RunExtended(Rule, 120, 9),
        new RunExtended(new StopRule(7), 0, 9),
        new RunCompleted(CompletionReason.WallTime, 99, 10),
        new RunFailed("the log likelihood is infinite", 11),
        new WorkerJoined(new WorkerId("host-1-2"), "host, process 1, 2 slots", 2, 12),
        new WorkerLeft(new WorkerId("host-1-2"), "silent for 10 s", 13),
        new WorkerRefused(new WorkerId("host-1-3"), "another build", 14));

    [Theory]
    [MemberData(nameof(SmallEvents))]
    public void Small_events_come_back_as_they_were(RunEvent @event) => Assert.Equal(@event, RoundTrip(@event));

    [Fact]
    public void The_start_of_a_run_comes_back_whole()
    {
        var identity = new RunIdentity
        {
            Run = "r",
            Problem = "p",
            Source = new ProblemSource("/somewhere/p.yaml", "name: p\n", ["method.thin=3"]) { Introduction = "{}" },
            CanonicalProblem = "model = x\n",
            ChainFingerprint = "abc",
            Seed = ulong.MaxValue,
            SeedFromHost = true,
            BestFit = [1.5, -2.5],
            Method = "ensemble",
            MethodVersion = 3,
            Ensembles = 4,
            Walkers = 32,
            Dimension = 2,
            RecordedCount = 1,
            CalibrateVersion = "0.1.0",
            StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        };
        var back = Assert.IsType<RunStarted>(RoundTrip(new RunStarted(identity, Rule, TestIdentity.Platform, "local")));

        Assert.Equal(identity.BestFit, back.Identity.BestFit);
        Assert.Equal(identity.Source.Overrides, back.Identity.Source!.Overrides);
        Assert.Equal(
            identity with { BestFit = null, Source = null },
            back.Identity with { BestFit = null, Source = null });
        Assert.Equal((identity.Source.Path, identity.Source.Text), (back.Identity.Source.Path, back.Identity.Source.Text));
        Assert.Equal((Rule, TestIdentity.Platform, "local"), (back.StopRule, back.Platform, back.Engine));
    }

    [Fact]
    public void Outcomes_keep_their_order_their_bits_and_their_failures()
    {
        SettledEvaluation[] outcomes =
        [
            new(new EvaluationId(3, 1000, 7, 0), new Evaluated(-0.1, [1, double.NaN])),
            new(new EvaluationId(0, 0, 31, 99), new ModelFailed(ModelFailureKind.NonZeroExit, "exit code 3")),
            new(new EvaluationId(1, 5, 0, 0), new Evaluated(double.NegativeInfinity, [])),
            new(new EvaluationId(1, 5, 1, 0), new ResourceExceeded(ResourceKind.Memory, "1 GiB")),
        ];
        var back = Assert.IsType<WalkersAdvanced>(RoundTrip(new WalkersAdvanced(outcomes, 2)));

        Assert.Equal(outcomes.Select(settled => settled.Id), back.Outcomes.Select(settled => settled.Id));
        Assert.Equal([1, double.NaN], Assert.IsType<Evaluated>(back.Outcomes[0].Outcome).Recorded);
        Assert.Equal(outcomes[1].Outcome, back.Outcomes[1].Outcome);
        Assert.Equal(outcomes[3].Outcome, back.Outcomes[3].Outcome);
        Assert.Equal(double.NegativeInfinity, Assert.IsType<Evaluated>(back.Outcomes[2].Outcome).LogLikelihood);
    }

    [Fact]
    public void What_was_lost_is_never_journaled() => Assert.Throws<ArgumentException>(
        () => RoundTrip(new WalkersAdvanced([new SettledEvaluation(new EvaluationId(0, 0, 0, 0), new Lost("gone"))], 1)));

    [Fact]
    public void A_block_comes_back_whole_and_for_a_fold_without_its_draws()
    {
        var block = TestBlocks.Make();
        var buffers = new PayloadBuffers();
        var journaled = RunEventCodec.Encode(new IterationsAdvanced(block, 4.5), buffers);
        var whole = Assert.IsType<IterationsAdvanced>(RunEventCodec.Decode(journaled.Kind, journaled.Payload));
        var folded = Assert.IsType<IterationsAdvanced>(RunEventCodec.DecodeForFold(journaled.Kind, journaled.Payload));
        buffers.Return();

        Assert.Equivalent(block, whole.Block, strict: true);
        Assert.Equal(4.5, whole.Seconds);
        Assert.Empty(folded.Block.Positions);
        Assert.Empty(folded.Block.Digests);
        Assert.Equal(block.EndState, folded.Block.EndState);
        Assert.Equal((block.From, block.To, block.WalkerSteps), (folded.Block.From, folded.Block.To, folded.Block.WalkerSteps));
        Assert.Equivalent(block.Failures, folded.Block.Failures);
    }

    [Fact]
    public void Events_from_the_future_are_refused_by_name()
    {
        var kind = Assert.Throws<RunException>(() => RunEventCodec.Decode(999, new byte[] { 8, 1 }));
        Assert.Contains("kind 999", kind.Message, StringComparison.Ordinal);
        var version = Assert.Throws<RunException>(() => RunEventCodec.Decode((int)RunEventKind.RunFailed, new byte[] { 8, 2 }));
        Assert.Contains("version 2", version.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_event_are_told() =>
        Assert.Throws<InvalidDataException>(() => RunEventCodec.Decode((int)RunEventKind.RunPaused, new byte[] { 0xFF, 0xFF, 0xFF }));

    private static RunEvent RoundTrip(RunEvent @event)
    {
        var buffers = new PayloadBuffers();
        var journaled = RunEventCodec.Encode(@event, buffers);
        var back = RunEventCodec.Decode(journaled.Kind, journaled.Payload.ToArray());
        buffers.Return();
        return back;
    }
}
