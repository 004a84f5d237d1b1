using System.Globalization;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Initialisation;

/// <summary>
/// Initial positions from given rows. With enough rows for all ensembles, ensemble e takes the e-th run of rows as they stand; otherwise every
/// ensemble takes rows in a random order of its own, and a walker whose row does not work takes the next one that is left over.
/// </summary>
internal sealed class RowPositions : IInitialPositions
{
    private readonly double[][] rows;
    private readonly int walkers;
    private readonly int[][] orders;

    /// <param name="rows">Positions in sampled space.</param>
    /// <param name="ensembles">Number of ensembles.</param>
    /// <param name="walkers">Walkers per ensemble.</param>
    /// <param name="key">Key of the run.</param>
    internal RowPositions(double[][] rows, int ensembles, int walkers, PhiloxKey key)
    {
        this.rows = rows;
        this.walkers = walkers;
        bool enough = rows.Length >= (long)ensembles * walkers;
        orders = [.. Enumerable.Range(0, ensembles).Select(e => enough ? Run(e, walkers) : Shuffled(rows.Length, e, key))];
    }

    public string Source => string.Create(CultureInfo.InvariantCulture, $"the file's {rows.Length} rows");

    public string? Refusal => rows.Length >= walkers
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"The file of initial positions has {rows.Length} rows; an ensemble of {walkers} walkers needs at least {walkers}. ")
            + "Add rows or use fewer walkers.";

    public bool TryDraw(int ensemble, int walker, int attempt, Span<double> position)
    {
        long place = walker + ((long)attempt * walkers);
        if (place >= orders[ensemble].Length)
        {
            return false;
        }

        rows[orders[ensemble][place]].CopyTo(position);
        return true;
    }

    private static int[] Run(int ensemble, int walkers) => [.. Enumerable.Range(ensemble * walkers, walkers)];

    // Rows sorted by a random word each, as the walkers of a split are.
    private static int[] Shuffled(int count, int ensemble, PhiloxKey key) =>
        [.. Enumerable.Range(0, count).OrderBy(row => Philox.Block(key, PhiloxCounter.Of(row, 0, ensemble, RandomPurpose.InitialRows)).W0)];
}
