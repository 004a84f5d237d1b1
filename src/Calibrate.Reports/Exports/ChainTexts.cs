using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports;

/// <summary>Writes one text file per chain, as formats that know no ensembles want it; a file is open only while rows are added to it.</summary>
internal static class ChainTexts
{
    /// <summary>Appends all draws.</summary>
    /// <param name="source">The draws.</param>
    /// <param name="columns">Quantities of a row.</param>
    /// <param name="paths">One file per chain, ensemble-major; created when missing.</param>
    /// <param name="write">Writes one row: the rows, the quantities' matrices, walker and draw.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task AppendAsync(
        ExportSource source,
        IReadOnlyList<string> columns,
        IReadOnlyList<string> paths,
        Action<Utf8Rows, DrawSlab, int, int> write,
        CancellationToken cancellationToken)
    {
        await foreach (var slab in source.Slabs(columns, source.DrawsPerSlab(columns.Count)).ReadAsync(cancellationToken))
        {
            for (var walker = 0; walker < slab.Walkers; walker++)
            {
                using var rows = new Utf8Rows(Append(paths[(source.PlaceOf(slab.Ensemble) * source.Walkers) + walker]));
                for (var draw = 0; draw < slab.Draws; draw++)
                {
                    write(rows, slab, walker, draw);
                }
            }
        }
    }

    /// <summary>Opens a file to write at its end.</summary>
    public static FileStream Append(string path) => new(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
}
