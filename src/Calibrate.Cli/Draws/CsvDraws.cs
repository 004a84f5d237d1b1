using System.Globalization;
using CsvHelper;

namespace Calibrate.Cli.Draws;

/// <summary>
/// Draws as CSV: one column per parameter, optional columns <c>chain</c> and <c>draw</c> (or <c>.chain</c>, <c>.iteration</c>, <c>.draw</c>);
/// several files are several chains. CmdStan's files are the same with <c>#</c> comments; its sampler columns (ending in <c>__</c>) are left
/// out except <c>lp__</c>, and saved warm-up draws are skipped.
/// </summary>
internal static class CsvDraws
{
    private static readonly string[] ChainNames = ["chain", ".chain", "chain__"];
    private static readonly string[] DrawNames = ["draw", ".draw", "iteration", ".iteration", "draw__", "iter__"];

    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false, // the header is read as a record: CmdStan repeats names that a lookup by name would refuse
        CommentPrefix = '#',
        TrackLineNumbers = true,
        TrimWhitespace = true,
        SkipEmptyLines = true,
        FieldCountMismatch = CsvFieldCountHandling.Allow, // told in our words, with file and line
        FormatProvider = CultureInfo.InvariantCulture,
    };

    public static List<(string Name, List<double[]> Chains)> Read(IReadOnlyList<string> paths)
    {
        List<(string Name, List<double[]> Chains)>? all = null;
        foreach (var path in paths)
        {
            var columns = ReadFile(path);
            if (all is null)
            {
                all = columns;
                continue;
            }

            if (!all.Select(c => c.Name).SequenceEqual(columns.Select(c => c.Name), StringComparer.Ordinal))
            {
                throw new UserException(
                    $"{path}: its columns are {Names(columns)}; those of {paths[0]} are {Names(all)}. All files must hold the same parameters.");
            }

            for (var i = 0; i < all.Count; i++)
            {
                all[i].Chains.AddRange(columns[i].Chains);
            }
        }

        return all ?? [];
    }

    private static List<(string Name, List<double[]> Chains)> ReadFile(string path)
    {
        var warmup = new WarmupCounter();
        using var text = new CommentListener(new StreamReader(path), warmup);
        using var reader = CsvReader.Create(text, Options);
        if (!reader.Read())
        {
            throw new UserException($"{path}: the file is empty; a header line with parameter names was expected.");
        }

        var header = Record(reader);
        var chain = IndexOfAny(header, ChainNames);
        var draw = IndexOfAny(header, DrawNames);
        var wanted = Enumerable.Range(0, header.Length).Where(i => i != chain && i != draw && !IsSamplerColumn(header[i])).ToArray();
        var rows = new SortedDictionary<long, ChainRows>();
        while (reader.Read())
        {
            ReadRow(reader, header, chain, draw, wanted, rows, path);
        }

        if (rows.Count == 0)
        {
            throw new UserException($"{path}: there is a header, but no draw below it.");
        }

        return [.. wanted.Select((column, k) => (header[column], rows.Values.Select(r => r.Column(k, warmup.Draws)).ToList()))];
    }

    private static void ReadRow(CsvReader reader, string[] header, int chain, int draw, int[] wanted, SortedDictionary<long, ChainRows> rows, string path)
    {
        var record = Record(reader);
        if (record.Length != header.Length)
        {
            throw new UserException(
                $"{path}:{reader.LineNumber}: found {record.Length} values, expected {header.Length} as in the header.");
        }

        var key = chain < 0 ? 1 : (long)Number(record[chain], path, reader.LineNumber, header[chain]);
        if (!rows.TryGetValue(key, out var target))
        {
            rows.Add(key, target = new ChainRows(wanted.Length));
        }

        var order = draw < 0 ? target.Count : Number(record[draw], path, reader.LineNumber, header[draw]);
        target.Add(order, wanted.Select(i => Number(record[i], path, reader.LineNumber, header[i])));
    }

    private static string[] Record(CsvReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];

    private static double Number(string text, string path, long line, string column) =>
        NonFinite.TryParse(text, out var value)
            ? value
            : throw new UserException($"{path}:{line}: column {column}: found '{text}', expected a number.");

    private static bool IsSamplerColumn(string name) =>
        name.EndsWith("__", StringComparison.Ordinal) && !string.Equals(name, "lp__", StringComparison.Ordinal);

    private static int IndexOfAny(string[] header, string[] names) =>
        Array.FindIndex(header, name => names.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static string Names(IEnumerable<(string Name, List<double[]> Chains)> columns) => string.Join(", ", columns.Select(c => c.Name));
}
