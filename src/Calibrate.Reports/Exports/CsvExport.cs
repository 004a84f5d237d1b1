using Calibrate.Numerics.Diagnostics;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports;

/// <summary>
/// Writes draws as CSV: <c>ensemble,walker,iteration,log_posterior</c>, then a column per free parameter, derived quantity and recorded
/// output. Rows go by ensemble, iteration and walker, so that the same chain gives the same file; numbers read back to the same bits.
/// </summary>
internal sealed class CsvExport : IRunExporter
{
    private static readonly string[] Keys = ["ensemble", "walker", "iteration"];

    public ExportFormat Format { get; } = new(".csv", "CSV");

    public bool NeedsPosterior => false;

    public async Task<IReadOnlyList<string>> WriteAsync(ExportSource source, string path, PendingFiles files, CancellationToken cancellationToken)
    {
        string[] columns = [RunReader.LogPosterior, .. source.Names];
        using var rows = new Utf8Rows(new FileStream(files.Add(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
        rows.Add(string.Join(',', Keys.Concat(columns).Select(Quote)) + "\n");
        foreach (var ensemble in source.Ensembles)
        {
            // The journal is read once per ensemble: its blocks of several ensembles take turns, and the rows do not.
            await foreach (var slab in source.Slabs(columns, ensemble, source.DrawsPerSlab(columns.Length)).ReadAsync(cancellationToken))
            {
                Write(rows, slab, source.Reader.Thin);
            }
        }

        return [];
    }

    private static void Write(Utf8Rows rows, DrawSlab slab, int thin)
    {
        DrawMatrix[] columns = [.. slab.Columns];
        for (var draw = 0; draw < slab.Draws; draw++)
        {
            for (var walker = 0; walker < slab.Walkers; walker++)
            {
                rows.Add((long)slab.Ensemble);
                rows.Add(',');
                rows.Add((long)walker);
                rows.Add(',');
                rows.Add((long)slab.FirstIteration + ((long)draw * thin));
                foreach (var column in columns)
                {
                    rows.Add(',');
                    rows.Add(column.Chain(walker)[draw]);
                }

                rows.Add('\n');
            }
        }
    }

    // Names of recorded outputs may hold commas.
    private static string Quote(string name) =>
        name.AsSpan().ContainsAny(",\"\r\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
