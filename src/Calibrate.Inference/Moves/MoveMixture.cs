namespace Calibrate.Inference.Moves;

/// <summary>
/// A weighted mixture of moves: every iteration uses one of them for all its walkers, chosen by one uniform number. Which one never depends on
/// positions, so a mixture of valid moves is valid.
/// </summary>
public sealed class MoveMixture
{
    private readonly IEnsembleMove[] moves;
    private readonly double[] cumulative;

    /// <summary>Creates a mixture.</summary>
    /// <param name="moves">The moves with their weights, at least one; weights are positive and need not add up to 1.</param>
    /// <exception cref="ArgumentException">There is no move, or a weight is not positive and finite.</exception>
    public MoveMixture(params IReadOnlyList<(IEnsembleMove Move, double Weight)> moves)
    {
        ArgumentNullException.ThrowIfNull(moves);
        if (moves.Count == 0)
        {
            throw new ArgumentException("A mixture needs at least one move.", nameof(moves));
        }

        this.moves = new IEnsembleMove[moves.Count];
        cumulative = new double[moves.Count];
        double total = 0;
        for (int m = 0; m < moves.Count; m++)
        {
            (IEnsembleMove move, double weight) = moves[m];
            if (!(weight > 0 && double.IsFinite(weight)))
            {
                throw new ArgumentException($"The weight of the move '{move.Name}' must be positive and finite.", nameof(moves));
            }

            total += weight;
            this.moves[m] = move;
            cumulative[m] = total;
        }
    }

    /// <summary>The mixture that consists of one move.</summary>
    /// <param name="move">The move.</param>
    public static MoveMixture Of(IEnsembleMove move) => new((move, 1));

    /// <summary>Number of moves.</summary>
    public int Count => moves.Length;

    /// <summary>Move number <paramref name="index"/>.</summary>
    /// <param name="index">From 0.</param>
    public IEnsembleMove this[int index] => moves[index];

    /// <summary>The index of the first move whose cumulative weight exceeds <paramref name="uniform"/> times the total weight.</summary>
    /// <param name="uniform">A uniform in (0, 1).</param>
    public int Choose(double uniform)
    {
        double target = uniform * cumulative[^1];
        int index = 0;
        while (index < moves.Length - 1 && target >= cumulative[index])
        {
            index++;
        }

        return index;
    }
}
