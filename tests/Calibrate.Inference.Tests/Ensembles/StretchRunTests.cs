using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Ensembles;

/// <summary>The kernel as a tight driver; that it samples the dataflow's chain is tested in <see cref="TwoDriverEnsembleTests"/>.</summary>
public class StretchRunTests
{
    private static readonly MoveMixture Stretch = MoveMixture.Of(new StretchMove());

    [Fact]
    public void AllocatesNothingPerStep() => Assert.InRange(TightAllocations.Of(Stretch), 0, 5_000);

    /// <summary>The kernel runs a few iterations at a time; those before an infinite likelihood are kept, however many that are.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(64)]
    public void KeepsEveryIterationBeforeAnInfiniteLikelihood(int pollEvery)
    {
        IMethod method = TestMethods.Ensemble(Stretch, new CurvedSpace(2), 16);
        PatchyLikelihood likelihood = new(3) { IsInfinite = point => point[0] < 0.002 };
        IEnsemble ensemble = method.Create(0);
        ensemble.Advance(likelihood, 2000, new AdvanceLimits(PollEvery: pollEvery));
        Assert.NotNull(ensemble.Refusal);
        int last = ensemble.Iteration;
        Assert.InRange(last, 10, 1999);
        Assert.Contains($"iteration {last + 1}, walker", ensemble.Refusal, StringComparison.Ordinal);

        IEnsemble before = method.Create(0);
        before.Advance(likelihood, last, AdvanceLimits.None);
        Assert.Null(before.Refusal);
        Assert.Equal(before.Digest, ensemble.Digest);
    }

    [Fact]
    public void TwoWalkersTakeTheGeneralLoop()
    {
        IEnsemble ensemble = TestMethods.Ensemble(Stretch, new NarrowSpace(), 2, recorded: 0).Create(0);
        ensemble.Advance(new FunctionLikelihood(1, x => -x[0]), 50, AdvanceLimits.None);
        Assert.Equal((50, (string?)null), (ensemble.Iteration, ensemble.Refusal));
    }
}
