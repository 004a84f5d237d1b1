using System.Globalization;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Draws;

/// <summary>
/// Writes a run's draws as CSV: <c>ensemble,walker,iteration,log_posterior</c>, then a column per free parameter, derived quantity and recorded
/// output. Rows go by ensemble, iteration and walker, so that the same chain gives the same file; numbers read back to the same bits.
/// </summary>
internal static class CsvExport
{
    private static readonly string[] Keys = ["ensemble", "walker", "iteration"];

    /// <summary>Writes all draws after the warm-up; the file appears, or replaces an older one, when it is complete.</summary>
    /// <param name="reader">The run.</param>
    /// <param name="names">Columns after <c>log_posterior</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the writing and leaves no file.</param>
    /// <returns>Number of rows.</returns>
    public static async Task<long> WriteAsync(RunReader reader, IReadOnlyList<string> names, string path, CancellationToken cancellation)
    {
        string[] columns = [RunReader.LogPosterior, .. names];
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            var rows = 0L;
            await using (var writer = new StreamWriter(unfinished))
            {
                writer.NewLine = "\n";
                await writer.WriteLineAsync(string.Join(',', Keys.Concat(columns).Select(Quote)));
                for (var ensemble = 0; ensemble < reader.Ensembles; ensemble++)
                {
                    await foreach (var block in reader.ReadBlocksAsync(columns, ensemble, cancellation))
                    {
                        rows += Write(writer, ensemble, block);
                    }
                }
            }

            File.Move(unfinished, path, overwrite: true);
            return rows;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static long Write(StreamWriter writer, int ensemble, DrawBlock block)
    {
        var walkers = block.Columns[0].Chains;
        var draws = block.Columns[0].Iterations;
        Span<char> number = stackalloc char[32];
        for (var draw = 0; draw < draws; draw++)
        {
            for (var walker = 0; walker < walkers; walker++)
            {
                writer.Write(ensemble);
                writer.Write(',');
                writer.Write(walker);
                writer.Write(',');
                writer.Write(block.FirstIteration + (draw * block.Thin));
                foreach (var column in block.Columns)
                {
                    column.Chain(walker)[draw].TryFormat(number, out var length, "R", CultureInfo.InvariantCulture);
                    writer.Write(',');
                    writer.Write(number[..length]);
                }

                writer.Write('\n');
            }
        }

        return (long)walkers * draws;
    }

    // Names of recorded outputs may hold commas.
    private static string Quote(string name) =>
        name.AsSpan().ContainsAny(",\"\r\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
