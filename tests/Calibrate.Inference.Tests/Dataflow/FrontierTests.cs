using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Dataflow;

/// <summary>The dataflow driver's rules, through the ensembles that use it.</summary>
public class FrontierTests
{
    private const int LookAhead = Calibrate.Inference.Dataflow.Frontier.MostSlots - 1;
    private readonly EvaluationBatch batch = new();
    private readonly PatchyLikelihood likelihood = new(4);

    [Fact]
    public void EveryRequestIsHandedOutOnceUntilReturned()
    {
        IEnsemble ensemble = Method().Create(0);
        List<EvaluationRequest> first = [];
        List<EvaluationRequest> second = [];
        ensemble.TakeReady(5, first);
        ensemble.TakeReady(5, second);
        Assert.Equal(Enumerable.Range(0, 18), first.Select(request => request.Id.Walker));
        Assert.Empty(second);
        ensemble.ReturnUnfinished();
        ensemble.TakeReady(5, second);
        Assert.Equal(first.Select(request => request.Id), second.Select(request => request.Id));
    }

    [Fact]
    public void NothingBeyondTheHorizonIsHandedOut()
    {
        IEnsemble ensemble = Method().Create(0);
        Settle(ensemble, horizon: 4);
        Assert.Equal(4, ensemble.Iteration);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(4, ready);
        Assert.Empty(ready);
        ensemble.TakeReady(5, ready);
        Assert.NotEmpty(ready);
        Assert.All(ready, request => Assert.Equal(5, request.Id.Iteration));
    }

    /// <summary>A slow walker holds up only those who read it; how far the others run ahead is bounded.</summary>
    [Fact]
    public void LookAheadIsBounded()
    {
        IMethod method = TestMethods.Search(new CurvedSpace(3), 6);
        IEnsemble ensemble = method.Create(0);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(1000, ready);
        Assert.Equal(6 * LookAhead, ready.Count);
        Assert.Equal(LookAhead - 1, ready.Max(request => request.Id.Iteration));
        foreach (EvaluationRequest request in ready.Skip(1))
        {
            Assert.True(ensemble.Settle(request.Id, Evaluate(request)));
        }

        Assert.Equal(-1, ensemble.Iteration);
        List<EvaluationRequest> more = [];
        ensemble.TakeReady(1000, more);
        Assert.Empty(more);
        ensemble.Settle(ready[0].Id, Evaluate(ready[0]));
        Assert.Equal(LookAhead - 1, ensemble.Iteration);
    }

    /// <summary>There is no barrier: with one step withheld the stretch move still gets into later iterations.</summary>
    [Fact]
    public void StepsRunAheadOfAWithheldOne()
    {
        IEnsemble ensemble = TestMethods.Ensemble(MoveMixture.Of(new StretchMove()), new CurvedSpace(3), 40).Create(0);
        Settle(ensemble, horizon: 3);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(100, ready);
        EvaluationRequest withheld = ready[0];
        int furthest = 0;
        int before;
        do
        {
            before = ready.Count;
            foreach (EvaluationRequest request in ready.Where(request => request != withheld).ToArray())
            {
                ensemble.Settle(request.Id, Evaluate(request));
                furthest = Math.Max(furthest, request.Id.Iteration);
            }

            ready.Clear();
            ensemble.TakeReady(100, ready);
        }
        while (ready.Count > 0);

        Assert.True(before > 0);
        Assert.Equal(3, ensemble.Iteration);
        Assert.True(furthest > 5, $"got to iteration {furthest} only");
    }

    [Fact]
    public void OutcomesThatNobodyAwaitsAreRefused()
    {
        IEnsemble ensemble = Method().Create(0);
        Evaluated outcome = new(-1, [0, 0]);
        foreach (EvaluationId id in new EvaluationId[]
        {
            new(1, 0, 0, 0), new(0, 0, 18, 0), new(0, 0, -1, 0), new(0, 0, 0, 1), new(0, -1, 0, 0), new(0, 1, 0, 0), new(0, LookAhead, 0, 0), new(0, 1_000_000, 0, 0),
        })
        {
            Assert.False(ensemble.Settle(id, outcome));
        }

        Settle(ensemble, horizon: 2);
        Assert.False(ensemble.Settle(new EvaluationId(0, 2, 0, 0), outcome));
        Assert.Equal(2, ensemble.Iteration);
    }

    /// <summary>A fold settles what a journal tells it without ever having taken a request.</summary>
    [Fact]
    public void OutcomesAreTakenWithoutHavingBeenHandedOut()
    {
        IMethod method = Method();
        IEnsemble live = method.Create(0);
        IEnsemble fold = method.Create(0);
        List<EvaluationRequest> ready = [];
        while (live.Iteration < 8)
        {
            live.TakeReady(8, ready);
            foreach (EvaluationRequest request in ready)
            {
                EvaluationOutcome outcome = Evaluate(request);
                Assert.True(live.Settle(request.Id, outcome));
                Assert.True(fold.Settle(request.Id, outcome));
            }

            Assert.Equal(RandomDrive.Save(live), RandomDrive.Save(fold));
            ready.Clear();
        }
    }

    [Fact]
    public void LostEvaluationIsReadyAgain()
    {
        IEnsemble ensemble = Method().Create(0);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(0, ready);
        Assert.False(ensemble.Settle(ready[4].Id, new Lost("gone")));
        Assert.False(ensemble.Settle(ready[4].Id, new Lost("gone twice")));
        List<EvaluationRequest> again = [];
        ensemble.TakeReady(0, again);
        Assert.Equal(ready[4], Assert.Single(again));
    }

    [Fact]
    public void ResourceVerdictsCountAsFailures()
    {
        IEnsemble ensemble = Method().Create(0);
        Settle(ensemble, horizon: 1);
        List<EvaluationRequest> ready = [];
        while (ensemble.Iteration < 2)
        {
            ensemble.TakeReady(2, ready);
            foreach (EvaluationRequest request in ready)
            {
                Assert.True(ensemble.Settle(request.Id, new ResourceExceeded(ResourceKind.Time, "more than 1 s")));
            }

            ready.Clear();
        }

        Block block = ensemble.PeekBlock();
        Assert.Contains(block.FailuresByKind, pair => pair.Key == "Time" && pair.Value > 0);
        Assert.Equal("more than 1 s", block.Failures[^1].Message);
    }

    [Fact]
    public void WrongNumberOfRecordedOutputsIsAnError()
    {
        IEnsemble ensemble = Method().Create(0);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(0, ready);
        Assert.Throws<ArgumentException>(() => ensemble.Settle(ready[0].Id, new Evaluated(-1, [1])));
    }

    /// <summary>
    /// A space that almost nothing fits into: long cascades of free rejections, whole iterations without an evaluation. After every outcome a fold
    /// that hears of outcomes only, and never of horizons, is in the same state.
    /// </summary>
    [Fact]
    public void IterationsWithoutEvaluationsComplete()
    {
        const int Last = 300;
        IMethod method = TestMethods.Ensemble(MoveMixture.Of(new StretchMove(50)), new NarrowSpace(), 4, recorded: 0);
        IEnsemble tight = method.Create(0);
        tight.Advance(new FunctionLikelihood(1, _ => 0), Last, AdvanceLimits.None);
        Block block = tight.PeekBlock();
        Assert.True(block.Evaluations < 900, $"{block.Evaluations} evaluations");
        IEnsemble live = method.Create(0);
        IEnsemble fold = method.Create(0);
        List<EvaluationRequest> ready = [];
        while (live.Iteration < Last)
        {
            live.TakeReady(Last, ready);
            Assert.True(ready.Count > 0 || live.Iteration == Last);
            foreach (EvaluationRequest request in ready)
            {
                Assert.True(live.Settle(request.Id, new Evaluated(0, [])));
                Assert.True(fold.Settle(request.Id, new Evaluated(0, [])));
                Assert.Equal(RandomDrive.Save(fold), RandomDrive.Save(live));
            }

            ready.Clear();
        }

        Assert.Equal(Last, live.Iteration);
        Assert.Equal(tight.Digest, live.Digest);
        Assert.Equal(block.Evaluations, live.PeekBlock().Evaluations);
    }

    /// <summary>
    /// The prior may reject many more whole iterations in a row than the look-ahead holds. A fold, which takes no requests and now and then starts
    /// over from a saved state, has to get across such a stretch as the live ensemble did.
    /// </summary>
    [Fact]
    public void AFoldGetsAcrossLongStretchesWithoutEvaluations()
    {
        const int last = 6_000;
        IMethod method = TestMethods.Ensemble(MoveMixture.Of(new StretchMove(1e6)), new NarrowSpace(), 4, recorded: 0);
        IEnsemble live = method.Create(0);
        IEnsemble fold = method.Create(0);
        List<EvaluationRequest> ready = [];
        int longest = 0;
        while (live.Iteration < last)
        {
            int before = live.Iteration;
            live.TakeReady(last, ready);
            longest = Math.Max(longest, live.Iteration - before);
            foreach (EvaluationRequest request in ready)
            {
                Assert.True(live.Settle(request.Id, new Evaluated(0, [])));
                Assert.True(fold.Settle(request.Id, new Evaluated(0, [])), $"{request.Id} after iteration {fold.Iteration}");
                byte[] state = RandomDrive.Save(live);
                Assert.Equal(state, RandomDrive.Save(fold));
                if (request.Id.Iteration % 3 == 0)
                {
                    live.DropBlock();
                    fold = method.Restore(0, RandomDrive.Save(live));
                }
            }

            ready.Clear();
        }

        Assert.True(longest > 2 * LookAhead, $"{longest} iterations without an evaluation");
        IEnsemble tight = method.Create(0);
        tight.Advance(new FunctionLikelihood(1, _ => 0), last, AdvanceLimits.None);
        Assert.Equal(tight.Digest, live.Digest);
        fold.Advance(new FunctionLikelihood(1, _ => 0), last, AdvanceLimits.None);
        Assert.Equal(tight.Digest, fold.Digest);
    }

    /// <summary>Outcomes that ran ahead of the one that ended the chain are no part of the saved state: it can be restored, and refuses still.</summary>
    [Fact]
    public void ARefusalSurvivesARestore()
    {
        IEnsemble ensemble = Method().Create(0);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(3, ready);
        Assert.True(ensemble.Settle(ready[1].Id, Evaluate(ready[1])));
        Assert.True(ensemble.Settle(ready[0].Id, new ModelFailed(ModelFailureKind.PositiveInfinity, "inf")));
        Assert.False(ensemble.Settle(ready[2].Id, Evaluate(ready[2])));
        byte[] state = RandomDrive.Save(ensemble);
        IEnsemble restored = Method().Restore(0, state);
        Assert.NotNull(restored.Refusal);
        Assert.Equal(ensemble.Refusal, restored.Refusal);
        Assert.Equal(state, RandomDrive.Save(restored));
    }

    private static IMethod Method() => TestMethods.Ensemble(TestMethods.AllMoves, new CurvedSpace(3), 18);

    private EvaluationOutcome Evaluate(EvaluationRequest request)
    {
        likelihood.Evaluate(1, request.Parameters, batch);
        return batch.OutcomeOf(0);
    }

    private void Settle(IEnsemble ensemble, int horizon)
    {
        List<EvaluationRequest> ready = [];
        while (ensemble.Iteration < horizon)
        {
            ensemble.TakeReady(horizon, ready);
            foreach (EvaluationRequest request in ready)
            {
                Assert.True(ensemble.Settle(request.Id, Evaluate(request)));
            }

            ready.Clear();
        }
    }
}
