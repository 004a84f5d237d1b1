using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Ensembles;

/// <summary>The general tight driver; that it samples the dataflow's chain is tested in <see cref="TwoDriverEnsembleTests"/>.</summary>
public class MoveRunTests
{
    /// <summary>2,000 iterations of 18 walkers: a single allocation per step would be 36,000 of them.</summary>
    [Fact]
    public void AllocatesNothingPerStep() => Assert.InRange(TightAllocations.Of(TestMethods.AllMoves), 0, 5_000);

    /// <summary>The kernel and the general loop are two implementations of the stretch move: one chain.</summary>
    [Fact]
    public void StretchInAMixtureOfOneKindIsTheKernelsChain()
    {
        // a mixture draws its moves, but draws nothing else differently
        MoveMixture twice = new((new StretchMove(), 1), (new StretchMove(), 1));
        IEnsemble general = TestMethods.Ensemble(twice, new CurvedSpace(3), 18).Create(0);
        IEnsemble kernel = TestMethods.Ensemble(MoveMixture.Of(new StretchMove()), new CurvedSpace(3), 18).Create(0);
        PatchyLikelihood likelihood = new(4);
        general.Advance(likelihood, 200, AdvanceLimits.None);
        kernel.Advance(likelihood, 200, AdvanceLimits.None);
        Assert.Equal(kernel.Digest, general.Digest);
        Assert.Equal(kernel.PeekBlock().Recorded, general.PeekBlock().Recorded);
        Assert.Equal(kernel.PeekBlock().Evaluations, general.PeekBlock().Evaluations);
        Assert.Equal(kernel.PeekBlock().FailuresByKind, general.PeekBlock().FailuresByKind);
    }

    /// <summary>A likelihood must not throw; if one does, the ensemble is still at its last complete iteration.</summary>
    [Fact]
    public void BrokenLikelihoodLeavesACompleteIteration()
    {
        IMethod method = TestMethods.Ensemble(TestMethods.AllMoves, new CurvedSpace(3), 18);
        PatchyLikelihood good = new(4);
        IEnsemble ensemble = method.Create(0);
        ensemble.Advance(good, 5, AdvanceLimits.None);
        byte[] before = RandomDrive.Save(ensemble);
        Assert.Throws<InvalidOperationException>(() => ensemble.Advance(new Throwing(secondCall: true), 20, AdvanceLimits.None));
        Assert.Equal(before, RandomDrive.Save(ensemble));
        ensemble.Advance(good, 20, AdvanceLimits.None);
        IEnsemble undisturbed = method.Create(0);
        undisturbed.Advance(good, 20, AdvanceLimits.None);
        Assert.Equal(undisturbed.Digest, ensemble.Digest);
    }

    [Fact]
    public void LikelihoodOfAnotherShapeIsRefused()
    {
        IEnsemble ensemble = TestMethods.Ensemble(TestMethods.AllMoves, new CurvedSpace(3), 18).Create(0);
        Assert.Throws<ArgumentException>(() => ensemble.Advance(new PatchyLikelihood(5), 1, AdvanceLimits.None));
        Assert.Throws<ArgumentException>(() => ensemble.Advance(new FunctionLikelihood(4, _ => 0), 1, AdvanceLimits.None));
    }

    private sealed class Throwing(bool secondCall) : ILikelihood
    {
        private readonly PatchyLikelihood inner = new(4);
        private bool armed = !secondCall;

        public int NaturalDimension => 4;

        public int RecordedCount => 2;

        public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
        {
            if (armed)
            {
                throw new InvalidOperationException("broken");
            }

            armed = true;
            inner.Evaluate(count, natural, results);
        }
    }
}
