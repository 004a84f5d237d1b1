using Calibrate.Inference.Moves;
using Calibrate.Inference.States;

namespace Calibrate.Inference.Ensembles;

/// <summary>Makes the proposal of a walker step for either driver: gathers what the move reads, draws its numbers, calls it.</summary>
internal sealed class StepProposer
{
    private readonly MoveWorkspace workspace = new();
    private readonly double[] current;
    private readonly int walkers;
    private double[] helpers = [];
    private double[] normals = [];

    internal StepProposer(EnsembleShape shape)
    {
        current = new double[shape.Dimension];
        walkers = shape.Walkers;
    }

    /// <summary>Proposes a position for one walker.</summary>
    /// <param name="plan">The iteration's plan.</param>
    /// <param name="walker">The walker.</param>
    /// <param name="previous">The walkers before the iteration.</param>
    /// <param name="moved">The walkers after it, as far as they moved; the same object where the iteration is run in place.</param>
    /// <param name="proposal">Receives the position.</param>
    /// <returns>ln of the move's factor; NaN if there is nothing to propose.</returns>
    internal double Propose(IterationPlan plan, int walker, WalkerStates previous, WalkerStates moved, Span<double> proposal)
    {
        int dimension = current.Length;
        ReadOnlySpan<int> read = plan.Helpers(walker);
        int normalCount = plan.Move.NormalCount(dimension, walkers - plan.Members(plan.SplitOf(walker)).Length);
        EnsureCapacity(dimension * read.Length, normalCount);
        previous.Gather(walker, current);
        int split = plan.SplitOf(walker);
        for (int k = 0; k < read.Length; k++)
        {
            double[] source = plan.SplitOf(read[k]) < split ? moved.Positions : previous.Positions;
            for (int j = 0; j < dimension; j++)
            {
                helpers[(j * read.Length) + k] = source[(j * walkers) + read[k]];
            }
        }

        plan.DrawNormals(walker, normals.AsSpan(0, normalCount));
        ProposalVariates variates = new(plan.ProposalUniform(walker), plan.HelperWord(walker), normals.AsSpan(0, normalCount));
        return plan.Move.Propose(variates, current, helpers.AsSpan(0, dimension * read.Length), workspace, proposal);
    }

    private void EnsureCapacity(int helperNumbers, int normalCount)
    {
        if (helpers.Length < helperNumbers)
        {
            helpers = new double[helperNumbers];
        }

        if (normals.Length < normalCount)
        {
            normals = new double[normalCount];
        }
    }
}
