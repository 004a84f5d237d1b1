using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Ensembles;

/// <summary>Saved states: what they bring back, and what they refuse.</summary>
public class EnsembleMethodTests
{
    [Fact]
    public void SaysWhatItIs()
    {
        IMethod method = Method();
        Assert.Equal(("ensemble", 1, 2, 10, 2, 2), (method.Name, method.Version, method.Ensembles, method.Walkers, method.Dimension, method.RecordedCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => method.Create(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => method.Restore(-1, default));
    }

    [Fact]
    public void FreshEnsembleIsSavedAndRestored()
    {
        IMethod method = Method();
        byte[] saved = RandomDrive.Save(method.Create(1));
        IEnsemble restored = method.Restore(1, saved);
        Assert.Equal(-1, restored.Iteration);
        Assert.Equal(saved, RandomDrive.Save(restored));
    }

    /// <summary>A block's end state is the state right after the cut, byte for byte, and goes on as the original does.</summary>
    [Fact]
    public void EndStateIsTheStateAfterTheCut()
    {
        IMethod method = Method();
        IEnsemble ensemble = method.Create(0);
        PatchyLikelihood likelihood = new(3);
        ensemble.Advance(likelihood, 10, AdvanceLimits.None);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(20, ready);
        ensemble.Settle(ready[3].Id, new Problems.Likelihoods.Evaluated(-1, [5, 6]));
        Block block = ensemble.PeekBlock();
        Assert.Equal(10, block.To);
        ensemble.DropBlock();
        Assert.Equal(RandomDrive.Save(ensemble), block.EndState);
        Assert.Throws<InvalidOperationException>(ensemble.PeekBlock);

        IEnsemble restored = method.Restore(0, block.EndState);
        ensemble.Advance(likelihood, 30, AdvanceLimits.None);
        restored.Advance(likelihood, 30, AdvanceLimits.None);
        Assert.Equal(ensemble.Digest, restored.Digest);
        Assert.Equal(RandomDrive.Save(ensemble), RandomDrive.Save(restored));
    }

    [Fact]
    public void StateOfAnotherRunIsRefusedWithTheReason()
    {
        IMethod method = Method();
        byte[] saved = RandomDrive.Save(method.Create(0));
        AssertRefused(() => method.Restore(1, saved), "ensemble 0; 1 was expected");
        AssertRefused(() => Method(walkers: 12).Restore(0, saved), "number of walkers 10; 12");
        AssertRefused(() => Method(thin: 2).Restore(0, saved), "thinning 1; 2");
        AssertRefused(() => TestMethods.Search(new CurvedSpace(2), 10).Restore(0, saved), "method 'ensemble', not of 'random_search'");
    }

    /// <summary>Every truncation and every appended byte is refused; no damage crashes.</summary>
    [Fact]
    public void DamagedStatesAreRefused()
    {
        IMethod method = Method();
        IEnsemble ensemble = new RandomDrive(method, 0, new PatchyLikelihood(3), new Random(4)).Run(3);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(20, ready);
        ensemble.Settle(ready[0].Id, new Problems.Likelihoods.Evaluated(-1, [5, 6]));
        byte[] saved = RandomDrive.Save(ensemble);
        method.Restore(0, saved);
        for (int length = 0; length < saved.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => method.Restore(0, saved.AsMemory(0, length)));
        }

        Assert.Throws<InvalidDataException>(() => method.Restore(0, (byte[])[.. saved, 0]));
        byte[] otherMagic = [.. saved];
        otherMagic[0]++;
        Assert.Throws<InvalidDataException>(() => method.Restore(0, otherMagic));
    }

    private static void AssertRefused(Action restore, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(restore).Message, StringComparison.Ordinal);

    private static IMethod Method(int walkers = 10, int thin = 1) =>
        TestMethods.Ensemble(MoveMixture.Of(new StretchMove()), new CurvedSpace(2), walkers, thin: thin);
}
