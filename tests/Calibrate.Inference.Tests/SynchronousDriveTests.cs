using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests;

/// <summary>The tight driver finishes what a dataflow left half-way, by driving it on the calling thread.</summary>
public class SynchronousDriveTests
{
    private readonly EvaluationBatch batch = new();
    private readonly PatchyLikelihood likelihood = new(4);

    [Fact]
    public void HalfWayIterationsAreFinishedFirst()
    {
        IMethod method = TestMethods.Ensemble(TestMethods.AllMoves, new CurvedSpace(3), 18);
        IEnsemble ensemble = HalfWay(method);
        long before = likelihood.Evaluations;
        ensemble.Advance(likelihood, 30, AdvanceLimits.None);
        IEnsemble undisturbed = method.Create(0);
        PatchyLikelihood counting = new(4);
        undisturbed.Advance(counting, 30, AdvanceLimits.None);
        Assert.Equal(undisturbed.Digest, ensemble.Digest);

        // nothing that was settled is evaluated again
        Assert.Equal(counting.Evaluations, likelihood.Evaluations);
        Assert.True(before > 0);
    }

    [Fact]
    public void StopInBetweenKeepsWhatIsSettled()
    {
        IMethod method = TestMethods.Ensemble(TestMethods.AllMoves, new CurvedSpace(3), 18);
        IEnsemble ensemble = HalfWay(method);
        int iteration = ensemble.Iteration;
        byte[] saved = RandomDrive.Save(ensemble);
        ensemble.Advance(likelihood, 30, new AdvanceLimits(Stop: () => true));
        Assert.Equal(iteration, ensemble.Iteration);
        Assert.Equal(saved, RandomDrive.Save(ensemble));
    }

    /// <summary>A last iteration before the frontier leaves the frontier alone.</summary>
    [Fact]
    public void EarlierEndKeepsTheRest()
    {
        IMethod method = TestMethods.Search(new CurvedSpace(3), 6);
        IEnsemble ensemble = method.Create(0);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(10, ready);
        EvaluationRequest late = ready.Single(request => request.Id is { Iteration: 8, Walker: 2 });
        Settle(ensemble, late);
        ensemble.Advance(likelihood, 4, AdvanceLimits.None);
        Assert.Equal(4, ensemble.Iteration);
        Assert.False(ensemble.Settle(late.Id, new Evaluated(0, [0, 0])));
        ensemble.Advance(likelihood, 20, AdvanceLimits.None);
        IEnsemble undisturbed = method.Create(0);
        undisturbed.Advance(new PatchyLikelihood(4), 20, AdvanceLimits.None);
        Assert.Equal(undisturbed.Digest, ensemble.Digest);
        Assert.Equal(6 * 21, likelihood.Evaluations);
    }

    // An ensemble with some steps settled beyond its last complete iteration, and others in flight.
    private IEnsemble HalfWay(IMethod method)
    {
        IEnsemble ensemble = method.Create(0);
        List<EvaluationRequest> ready = [];
        for (int round = 0; round < 25; round++)
        {
            ensemble.TakeReady(100, ready);
            int half = Math.Max(1, ready.Count / 2);
            ready.Take(half).ToList().ForEach(request => Settle(ensemble, request));
            ready.RemoveRange(0, half);
        }

        Assert.NotEmpty(ready);
        Assert.True(ensemble.Iteration > 0);
        return ensemble;
    }

    private void Settle(IEnsemble ensemble, EvaluationRequest request)
    {
        likelihood.Evaluate(1, request.Parameters, batch);
        Assert.True(ensemble.Settle(request.Id, batch.OutcomeOf(0)));
    }
}
