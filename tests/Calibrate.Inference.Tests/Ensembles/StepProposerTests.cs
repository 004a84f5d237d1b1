using Calibrate.Inference.Ensembles;
using Calibrate.Inference.Moves;
using Calibrate.Inference.States;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Ensembles;

public class StepProposerTests
{
    private static readonly EnsembleShape Shape = new(Walkers: 8, Dimension: 2, NaturalDimension: 2, RecordedCount: 0, Thin: 1);

    /// <summary>Helpers of earlier parts are read where they moved to, those of later parts where they were.</summary>
    [Fact]
    public void ReadsEveryHelperAtItsTime()
    {
        IterationPlan plan = new(MoveMixture.Of(new StretchMove()), TestMethods.Key, 0, Shape.Walkers);
        plan.Draw(3);
        WalkerStates previous = States(w => [w, -w]);
        WalkerStates moved = States(w => [100 + w, 50 * w]);
        StepProposer proposer = new(Shape);
        double[] proposal = new double[2];
        for (int walker = 0; walker < Shape.Walkers; walker++)
        {
            double logFactor = proposer.Propose(plan, walker, previous, moved, proposal);
            int helper = plan.Helpers(walker)[0];
            WalkerStates source = plan.SplitOf(walker) == 1 ? moved : previous;
            double z = StretchFormulas.Factor(plan.ProposalUniform(walker), 2);
            Assert.Equal(StretchFormulas.Proposal(source.Positions[helper], walker, z), proposal[0]);
            Assert.Equal(StretchFormulas.Proposal(source.Positions[8 + helper], -walker, z), proposal[1]);
            Assert.Equal(StretchFormulas.LogFactor(2, z), logFactor);
        }
    }

    [Fact]
    public void PassesNormalsAndTheWholeComplement()
    {
        IterationPlan plan = new(MoveMixture.Of(new WalkMove()), TestMethods.Key, 0, Shape.Walkers);
        plan.Draw(3);
        WalkerStates states = States(w => [Math.Sin(w), Math.Cos(w)]);
        double[] proposal = new double[2];
        new StepProposer(Shape).Propose(plan, 5, states, states, proposal);
        double[] normals = new double[4];
        plan.DrawNormals(5, normals);
        double[][] helpers = [.. plan.Helpers(5).ToArray().Select(w => new[] { Math.Sin(w), Math.Cos(w) })];
        (double[] expected, _) = Points.Propose(new WalkMove(), [Math.Sin(5), Math.Cos(5)], helpers, normals: normals);
        Assert.Equal(expected, proposal);
    }

    private static WalkerStates States(Func<int, double[]> position)
    {
        WalkerStates states = new(Shape);
        for (int w = 0; w < Shape.Walkers; w++)
        {
            states.Place(w, position(w));
        }

        return states;
    }
}
