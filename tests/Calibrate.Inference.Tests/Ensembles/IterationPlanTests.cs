using Calibrate.Inference.Ensembles;
using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Tests.Ensembles;

public class IterationPlanTests
{
    private const int Walkers = 14;

    /// <summary>Straight from docs/formats/random-numbers.md.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void SplitsFollowTheRanksOfTheWords(int splits)
    {
        IterationPlan plan = New(splits == 2 ? new StretchMove() : new SnookerMove());
        plan.Draw(9);
        int[] ranked = [.. Enumerable.Range(0, Walkers).OrderBy(w => Block(w, 9, RandomPurpose.Step, 0).W0).ThenBy(w => w)];
        for (int rank = 0; rank < Walkers; rank++)
        {
            Assert.Equal(rank * splits / Walkers, plan.SplitOf(ranked[rank]));
        }

        for (int split = 0; split < splits; split++)
        {
            int[] own = [.. Enumerable.Range(0, Walkers).Where(w => plan.SplitOf(w) == split)];
            Assert.Equal(own, plan.Members(split).ToArray());
            Assert.Equal(Enumerable.Range(0, Walkers).Except(own), plan.Complement(split).ToArray());
            Assert.Equal(own.Length, IterationPlan.SplitSize(Walkers, splits, split));
        }
    }

    [Fact]
    public void HelpersComeFromTheComplementByTheStepsWords()
    {
        IterationPlan plan = New(new SnookerMove());
        plan.Draw(4);
        for (int walker = 0; walker < Walkers; walker++)
        {
            int[] complement = plan.Complement(plan.SplitOf(walker)).ToArray();
            PhiloxBlock first = Block(walker, 4, RandomPurpose.Step, 0);
            PhiloxBlock second = Block(walker, 4, RandomPurpose.Step, 1);
            int[] expected = new int[3];
            HelperSelection.Distinct([first.W1, second.W2, second.W3], complement.Length, expected);
            Assert.Equal(expected.Select(place => complement[place]), plan.Helpers(walker).ToArray());
            Assert.Equal(first.Uniform23, plan.ProposalUniform(walker));
            Assert.Equal(first.W1, plan.HelperWord(walker));
            Assert.Equal(second.Uniform01, plan.AcceptanceUniform(walker));
        }
    }

    [Fact]
    public void FurtherHelperWordsComeFromTheirOwnPurpose()
    {
        IterationPlan plan = New(new WalkMove(helpers: 6));
        plan.Draw(4);
        PhiloxBlock first = Block(3, 4, RandomPurpose.Step, 0);
        PhiloxBlock second = Block(3, 4, RandomPurpose.Step, 1);
        PhiloxBlock further = Block(3, 4, RandomPurpose.HelperSubset, 0);
        int[] expected = new int[6];
        HelperSelection.Distinct([first.W1, second.W2, second.W3, further.W0, further.W1, further.W2], 7, expected);
        int[] complement = plan.Complement(plan.SplitOf(3)).ToArray();
        Assert.Equal(expected.Select(place => complement[place]), plan.Helpers(3).ToArray());
    }

    [Fact]
    public void WholeComplementIsReadInOrder()
    {
        IterationPlan plan = New(new KernelDensityMove());
        plan.Draw(1);
        Assert.True(plan.ReadsWholeComplement(0));
        Assert.Equal(plan.Complement(plan.SplitOf(5)).ToArray(), plan.Helpers(5).ToArray());
        Assert.Equal(0, IterationPlan.StoredHelpers(new KernelDensityMove(), Walkers));
        Assert.Equal(3, IterationPlan.StoredHelpers(new SnookerMove(), Walkers));
    }

    [Fact]
    public void NormalsAreTwoPerBlock()
    {
        IterationPlan plan = New(new WalkMove());
        plan.Draw(6);
        double[] normals = new double[3];
        plan.DrawNormals(2, normals);
        PhiloxBlock first = Block(2, 6, RandomPurpose.ProposalNormals, 0);
        PhiloxBlock second = Block(2, 6, RandomPurpose.ProposalNormals, 1);
        Assert.Equal([NormalQuantile.Of(first.Uniform01), NormalQuantile.Of(first.Uniform23), NormalQuantile.Of(second.Uniform01)], normals);
    }

    /// <summary>Shares of the moves over 4,000 iterations, within 6 standard errors (false alarm 2e-9 each).</summary>
    [Fact]
    public void MovesAreChosenByWeight()
    {
        MoveMixture mixture = TestMethods.AllMoves;
        IterationPlan plan = new(mixture, TestMethods.Key, 1, Walkers);
        int snookers = 0;
        const int Draws = 4000;
        for (int iteration = 1; iteration <= Draws; iteration++)
        {
            plan.Draw(iteration);
            Assert.Same(mixture[mixture.Choose(Block(0, iteration, RandomPurpose.MoveChoice, 0).Uniform01)], plan.Move);
            snookers += plan.Move is SnookerMove ? 1 : 0;
        }

        double share = 1 / 7.3;
        Assert.InRange(snookers, Draws * share - (6 * Math.Sqrt(Draws * share)), Draws * share + (6 * Math.Sqrt(Draws * share)));
    }

    private static IterationPlan New(IEnsembleMove move) => new(MoveMixture.Of(move), TestMethods.Key, 1, Walkers);

    private static PhiloxBlock Block(int walker, int iteration, RandomPurpose purpose, int block) =>
        Philox.Block(TestMethods.Key, PhiloxCounter.Of(walker, iteration, 1, purpose, block));
}
