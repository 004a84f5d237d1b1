using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Tests.Support;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.RandomSearch;

public class RandomSearchMethodTests
{
    private const int Dimension = 3;
    private const int Candidates = 9;
    private const int Last = 50;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RandomOrdersGiveTheTightDriversChain(int seed)
    {
        IMethod method = TestMethods.Search(new CurvedSpace(Dimension), Candidates, thin: 7);
        IEnsemble tight = method.Create(1);
        PatchyLikelihood likelihood = new(Dimension + 1);
        tight.Advance(likelihood, 20, AdvanceLimits.None);
        BlockSequence expected = new();
        expected.Cut(tight);
        tight.Advance(likelihood, Last, AdvanceLimits.None);
        expected.Cut(tight);
        RandomDrive drive = new(method, 1, likelihood, new Random(seed)) { Alternate = seed % 2 == 1 };
        drive.Run(Last);
        BlockSequence.AssertEqual(expected, drive.Blocks);
        Assert.Equal(Candidates * (Last + 1), expected.Evaluations);
    }

    /// <summary>From scratch: every walker holds the best of its own draws from the prior.</summary>
    [Fact]
    public void EveryWalkerKeepsItsBestCandidate()
    {
        CurvedSpace space = new(Dimension);
        IEnsemble ensemble = TestMethods.Search(space, Candidates).Create(1);
        ensemble.Advance(new PatchyLikelihood(Dimension + 1), Last, AdvanceLimits.None);
        Block block = ensemble.PeekBlock();
        PosteriorPoint posterior = new(space, new PatchyLikelihood(Dimension + 1));
        double[] uniforms = new double[Dimension];
        double[] position = new double[Dimension];
        for (int walker = 0; walker < Candidates; walker++)
        {
            double best = double.NegativeInfinity;
            int improvements = -1;
            for (int iteration = 0; iteration <= Last; iteration++)
            {
                UniformDraws.Fill(TestMethods.Key, walker, iteration, 1, RandomPurpose.RandomSearch, uniforms);
                space.SamplePrior(uniforms, position);
                double value = posterior.Evaluate(position);
                if (iteration == 0 || value > best)
                {
                    best = value;
                    improvements++;
                }

                Assert.Equal(best, block.LogPosteriors[(iteration * Candidates) + walker]);
            }

            Assert.Equal(improvements, block.AcceptedByWalker[walker]);
        }

        Assert.NotEmpty(block.Failures);
    }

    [Fact]
    public void WalkerWhoseFirstCandidateFailedHasNoRecordedOutputs()
    {
        const int Many = 200;
        IEnsemble ensemble = TestMethods.Search(new CurvedSpace(Dimension), Many).Create(0);
        ensemble.Advance(new PatchyLikelihood(Dimension + 1), 0, AdvanceLimits.None);
        Block block = ensemble.PeekBlock();
        Assert.NotEmpty(block.Failures);
        foreach (FailureExample failure in block.Failures)
        {
            Assert.Equal(double.NegativeInfinity, block.LogPosteriors[failure.Id.Walker]);
            Assert.True(double.IsNaN(block.Recorded[failure.Id.Walker]) && double.IsNaN(block.Recorded[Many + failure.Id.Walker]));
        }

        Assert.Contains(block.Recorded, double.IsFinite);
    }

    [Fact]
    public void NoCandidateWaitsForAnother()
    {
        IEnsemble ensemble = TestMethods.Search(new CurvedSpace(Dimension), Candidates).Create(0);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(9, ready);
        Assert.Equal(Candidates * 10, ready.Count);
    }

    [Fact]
    public void PriorThatCannotBeSampledIsRefused()
    {
        IEnsemble ensemble = TestMethods.Search(new UnboundedSpace(2), Candidates).Create(0);
        Assert.Contains("draws its candidates from the prior", ensemble.Refusal, StringComparison.Ordinal);
        ensemble.Advance(new PatchyLikelihood(2), 5, AdvanceLimits.None);
        Assert.Equal(-1, ensemble.Iteration);
    }

    [Fact]
    public void InfiniteLikelihoodEndsTheSearch()
    {
        IEnsemble ensemble = TestMethods.Search(new CurvedSpace(2), Candidates).Create(0);
        ensemble.Advance(new PatchyLikelihood(3) { IsInfinite = point => point[0] < 0.01 }, 1000, AdvanceLimits.None);
        Assert.Contains("positive infinity", ensemble.Refusal, StringComparison.Ordinal);
        Assert.InRange(ensemble.Iteration, 0, 999);
    }

    [Fact]
    public void SaysWhatItIs()
    {
        IMethod method = TestMethods.Search(new CurvedSpace(2), Candidates);
        Assert.Equal(
            ("random_search", 1, 2, Candidates, 2, 2),
            (method.Name, method.Version, method.Ensembles, method.Walkers, method.Dimension, method.RecordedCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => method.Create(-1));
    }
}
