using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Ensembles;

/// <summary>How an ensemble of walkers starts, and when it refuses to.</summary>
public class WalkerEnsembleTests
{
    [Theory]
    [InlineData(7, "even number")]
    [InlineData(4, "twice the number")]
    public void BadShapesAreRefusedAtOnce(int walkers, string reason)
    {
        IEnsemble ensemble = TestMethods.Ensemble(MoveMixture.Of(new StretchMove()), new CurvedSpace(3), walkers).Create(0);
        Assert.Contains(reason, ensemble.Refusal, StringComparison.Ordinal);
        AssertDoesNothing(ensemble);
    }

    [Fact]
    public void PriorThatCannotBeSampledIsRefused()
    {
        UnboundedSpace space = new(2);
        IEnsemble ensemble = TestMethods.Ensemble(TestMethods.AllMoves, space, 16, initial: new PriorPositions(space, TestMethods.Key)).Create(0);
        Assert.Contains("cannot be drawn from the prior", ensemble.Refusal, StringComparison.Ordinal);
    }

    /// <summary>Both drivers refuse a degenerate start, with the same words.</summary>
    [Fact]
    public void DegenerateStartIsRefused()
    {
        double[][] line = [.. Enumerable.Range(0, 16).Select(w => new[] { w / 40.0, (w / 20.0) - 0.3 })];
        IMethod method = TestMethods.Ensemble(
            MoveMixture.Of(new StretchMove()), new CurvedSpace(2), 16, ensembles: 1, initial: new RowPositions(line, 1, 16, TestMethods.Key));
        PatchyLikelihood likelihood = new(3);
        IEnsemble tight = method.Create(0);
        tight.Advance(likelihood, 10, AdvanceLimits.None);
        Assert.Contains("condition number of its initial positions", tight.Refusal, StringComparison.Ordinal);
        Assert.Equal(0, tight.Iteration);
        AssertDoesNothing(tight);
        IEnsemble dataflow = new RandomDrive(method, 0, likelihood, new Random(1)).Run(10);
        Assert.Equal(tight.Refusal, dataflow.Refusal);
        IEnsemble restored = method.Restore(0, RandomDrive.Save(tight));
        Assert.Equal(tight.Refusal, restored.Refusal);
    }

    [Fact]
    public void HundredFailedDrawsAreRefused()
    {
        IMethod method = TestMethods.Ensemble(MoveMixture.Of(new StretchMove()), new CurvedSpace(2), 8);
        FailingLikelihood likelihood = new();
        IEnsemble ensemble = method.Create(1);
        ensemble.Advance(likelihood, 3, AdvanceLimits.None);
        Assert.Contains("none of 100 initial positions drawn from the prior has a finite posterior", ensemble.Refusal, StringComparison.Ordinal);
        Assert.Equal(-1, ensemble.Iteration);
        Assert.False(ensemble.HasBlock);
    }

    /// <summary>Wherever the infinite likelihood occurs, the chain before it is kept and the message names the parameters.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InfiniteLikelihoodEndsTheRun(bool mixture)
    {
        MoveMixture moves = mixture ? TestMethods.AllMoves : MoveMixture.Of(new StretchMove());
        IMethod method = TestMethods.Ensemble(moves, new CurvedSpace(2), 16, thin: 7);
        PatchyLikelihood likelihood = new(3) { IsInfinite = point => point[0] < 0.002 };
        IEnsemble tight = method.Create(0);
        tight.Advance(likelihood, 2000, AdvanceLimits.None);
        Assert.Contains("The log likelihood is positive infinity.", tight.Refusal, StringComparison.Ordinal);
        Assert.Contains("at the parameters (", tight.Refusal, StringComparison.Ordinal);
        Assert.True(tight.Iteration > 3);
        IEnsemble dataflow = new RandomDrive(method, 0, likelihood, new Random(1)).Run(2000);
        Assert.NotNull(dataflow.Refusal);

        // the tight driver stops at the first one, the dataflow where it met one: up to there they are the same
        Assert.True(dataflow.Iteration <= tight.Iteration);
        IEnsemble before = method.Create(0);
        before.Advance(likelihood, dataflow.Iteration, AdvanceLimits.None);
        Assert.Equal(before.Digest, dataflow.Digest);
    }

    [Fact]
    public void IterationZeroIsTheFirstAttemptWithAFinitePosterior()
    {
        CurvedSpace space = new(2);
        IEnsemble ensemble = TestMethods.Ensemble(MoveMixture.Of(new StretchMove()), space, 16).Create(1);
        PatchyLikelihood likelihood = new(3);
        ensemble.Advance(likelihood, 0, AdvanceLimits.None);
        Block block = ensemble.PeekBlock();
        Assert.Equal((0, 0L, 0L, 1), (block.To, block.WalkerSteps, block.Accepted, block.Rows));
        PriorPositions prior = new(space, TestMethods.Key);
        PosteriorPoint posterior = new(space, new PatchyLikelihood(3));
        double[] position = new double[2];
        for (int walker = 0; walker < 16; walker++)
        {
            int attempt = 0;
            do
            {
                prior.TryDraw(1, walker, attempt++, position);
            }
            while (!(posterior.Evaluate(position) > double.NegativeInfinity));

            Assert.Equal(position, new[] { block.Positions[walker], block.Positions[16 + walker] });
            Assert.Equal(posterior.Evaluate(position), block.LogPosteriors[walker]);
        }

        Assert.True(block.Evaluations > 16, "some first attempts fail");
        Assert.Equal(likelihood.Evaluations, block.Evaluations);
    }

    private static void AssertDoesNothing(IEnsemble ensemble)
    {
        List<EvaluationRequest> ready = [];
        int iteration = ensemble.Iteration;
        ensemble.TakeReady(100, ready);
        Assert.Empty(ready);
        Assert.False(ensemble.Settle(new EvaluationId(ensemble.Index, iteration + 1, 0, 0), new Evaluated(0, [0, 0])));
        ensemble.ReturnUnfinished();
        Assert.Equal(iteration, ensemble.Iteration);
    }

    private sealed class FailingLikelihood : ILikelihood
    {
        public int NaturalDimension => 3;

        public int RecordedCount => 2;

        public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
        {
            results.EnsureCapacity(count, 2);
            for (int i = 0; i < count; i++)
            {
                results.Fail(i, new ModelFailed(ModelFailureKind.Exception, "never"));
            }
        }
    }
}
