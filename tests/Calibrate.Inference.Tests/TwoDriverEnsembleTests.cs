using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests;

/// <summary>One state, two drivers, one chain: whatever the order of completion.</summary>
public class TwoDriverEnsembleTests
{
    private const int Dimension = 3;
    private const int Last = 60;

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string move in new[] { "mixture", "stretch", "de", "snooker", "walk", "subset", "kde" })
            {
                for (int seed = 0; seed < (move == "mixture" ? 8 : 2); seed++)
                {
                    cases.Add(move, seed);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void RandomOrdersGiveTheTightDriversChain(string name, int seed)
    {
        IMethod method = Method(name, thin: 7);
        BlockSequence expected = Tight(method, Last);
        RandomDrive drive = new(method, 1, new PatchyLikelihood(Dimension + 1), new Random(seed)) { Alternate = seed % 2 == 1 };
        IEnsemble ensemble = drive.Run(Last);
        BlockSequence.AssertEqual(expected, drive.Blocks);
        Assert.Equal(Last, ensemble.Iteration);
    }

    [Theory]
    [InlineData("mixture")]
    [InlineData("stretch")]
    public void TheChainHasFailuresRejectionsByThePriorAndAcceptedSteps(string name)
    {
        IMethod method = Method(name, thin: 1);
        IEnsemble ensemble = method.Create(1);
        PatchyLikelihood likelihood = new(Dimension + 1);
        ensemble.Advance(likelihood, Last, AdvanceLimits.None);
        Block block = ensemble.PeekBlock();
        Assert.Equal(likelihood.Evaluations, block.Evaluations);
        Assert.True(block.Evaluations < block.WalkerSteps, "some proposals are outside the prior's support");
        Assert.Contains(block.FailuresByKind, pair => pair.Key == nameof(ModelFailureKind.Exception) && pair.Value > 5);
        Assert.Equal(Math.Min(Block.MaximumFailureExamples, block.FailuresByKind.Sum(pair => pair.Value)), block.Failures.Count);
        Assert.InRange(block.Accepted, block.WalkerSteps / 10, block.WalkerSteps);
        Assert.Equal(block.Accepted, block.AcceptedByWalker.Sum());
    }

    [Theory]
    [InlineData("mixture")]
    [InlineData("stretch")]
    public void TheSplitOfAdvanceCallsDoesNotMatter(string name)
    {
        IMethod method = Method(name, thin: 7);
        BlockSequence expected = Tight(method, Last);
        IEnsemble ensemble = method.Create(1);
        PatchyLikelihood likelihood = new(Dimension + 1);
        BlockSequence actual = new();
        foreach (int to in new[] { 0, 1, 2, 9, 14, 15, 44, 44, Last })
        {
            ensemble.Advance(likelihood, to, new AdvanceLimits(PollEvery: 5));
            Assert.Equal(to, ensemble.Iteration);
            actual.Cut(ensemble);
            Assert.False(ensemble.HasBlock);
        }

        BlockSequence.AssertEqual(expected, actual);
    }

    [Theory]
    [InlineData("mixture")]
    [InlineData("stretch")]
    public void LimitsEndARunEarlyAndChangeNothing(string name)
    {
        IMethod method = Method(name, thin: 1);
        BlockSequence expected = Tight(method, Last);
        IEnsemble ensemble = method.Create(1);
        PatchyLikelihood likelihood = new(Dimension + 1);
        BlockSequence actual = new();
        int calls = 0;
        while (ensemble.Iteration < Last)
        {
            int polls = 0;
            ensemble.Advance(likelihood, Last, new AdvanceLimits(MaxBytes: 4000, Stop: () => ++polls > 4, PollEvery: 3));
            Assert.True(ensemble.BufferedBytes < 20_000);
            actual.Cut(ensemble);
            Assert.Equal(0, ensemble.BufferedBytes);
            calls++;
        }

        Assert.True(calls > 5);
        BlockSequence.AssertEqual(expected, actual);
    }

    [Fact]
    public void EnsemblesAreIndependent()
    {
        IMethod method = Method("stretch", thin: 1);
        IEnsemble[] ensembles = [method.Create(0), method.Create(1)];
        foreach (IEnsemble ensemble in ensembles)
        {
            ensemble.Advance(new PatchyLikelihood(Dimension + 1), 5, AdvanceLimits.None);
        }

        Assert.NotEqual(ensembles[0].Digest, ensembles[1].Digest);
    }

    private static BlockSequence Tight(IMethod method, int to)
    {
        IEnsemble ensemble = method.Create(1);
        ensemble.Advance(new PatchyLikelihood(Dimension + 1), to, AdvanceLimits.None);
        Assert.Null(ensemble.Refusal);
        BlockSequence blocks = new();
        blocks.Cut(ensemble);
        return blocks;
    }

    private static IMethod Method(string name, int thin) => TestMethods.Ensemble(
        name switch
        {
            "stretch" => MoveMixture.Of(new StretchMove()),
            "de" => MoveMixture.Of(new DifferentialEvolutionMove()),
            "snooker" => MoveMixture.Of(new SnookerMove()),
            "walk" => MoveMixture.Of(new WalkMove()),
            "subset" => MoveMixture.Of(new WalkMove(helpers: 6)),
            "kde" => MoveMixture.Of(new KernelDensityMove()),
            _ => TestMethods.AllMoves,
        },
        new CurvedSpace(Dimension),
        walkers: 18,
        thin: thin);
}
