using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports;

/// <summary>Puts the draws of a slab, chain after chain, into the order of other formats.</summary>
internal static class DrawOrder
{
    /// <summary>Into <c>[draw, walker, column]</c>.</summary>
    /// <param name="slab">The draws.</param>
    /// <param name="firstColumn">The first column to take.</param>
    /// <param name="columns">Number of columns to take.</param>
    /// <param name="records">Receives them.</param>
    public static void ToRecords(DrawSlab slab, int firstColumn, int columns, Span<double> records)
    {
        var perDraw = slab.Walkers * columns;
        for (var c = 0; c < columns; c++)
        {
            var column = slab.Columns[firstColumn + c];
            for (var walker = 0; walker < slab.Walkers; walker++)
            {
                var at = (walker * columns) + c;
                foreach (var value in column.Chain(walker))
                {
                    records[at] = value;
                    at += perDraw;
                }
            }
        }
    }

    /// <summary>Into <c>[walker, draw, column]</c>.</summary>
    /// <inheritdoc cref="ToRecords"/>
    public static void ToVectors(DrawSlab slab, int firstColumn, int columns, Span<double> vectors)
    {
        for (var c = 0; c < columns; c++)
        {
            var draws = slab.Columns[firstColumn + c].All;
            for (var i = 0; i < draws.Length; i++)
            {
                vectors[(i * columns) + c] = draws[i];
            }
        }
    }
}
