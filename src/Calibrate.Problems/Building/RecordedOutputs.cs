using System.Globalization;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Building;

/// <summary>A model output that is kept per draw.</summary>
/// <param name="Selector"><c>output</c>, <c>output@2019</c> or <c>output@1990..2019</c>.</param>
/// <param name="Name">What to call a single value; null for the selector itself.</param>
internal sealed record RecordEntry(string Selector, string? Name = null);

/// <summary>Resolves <c>record</c> entries to positions among a model's output values.</summary>
internal static class RecordedOutputs
{
    public static (int[] Rows, string[] Names) Resolve(
        IReadOnlyList<RecordEntry> entries, ModelSignature? signature, Mistakes mistakes)
    {
        List<int> rows = [];
        List<string> names = [];
        for (int i = 0; i < entries.Count; i++)
        {
            string path = $"record[{i}]";
            if (signature is null)
            {
                mistakes.Add(path, $"'{entries[i].Selector}'", "nothing: a log density has no outputs");
                continue;
            }

            int[] selected = Select(entries[i].Selector, signature, path, mistakes);
            if (entries[i].Name is { } name && selected.Length != 1)
            {
                mistakes.Add(path, $"a name for {selected.Length} values", "a single value, such as output@2019");
            }

            foreach (int row in selected)
            {
                string recorded = entries[i].Name ?? OutputNames.Of(signature, row);
                if (names.Contains(recorded, StringComparer.Ordinal))
                {
                    mistakes.Add(path, $"'{recorded}' a second time", "each recorded value once");
                    break;
                }

                rows.Add(row);
                names.Add(recorded);
            }
        }

        return ([.. rows], [.. names]);
    }

    private static int[] Select(string selector, ModelSignature signature, string path, Mistakes mistakes)
    {
        int at = selector.IndexOf('@', StringComparison.Ordinal);
        string name = at < 0 ? selector : selector[..at];
        int index = signature.IndexOfOutput(name);
        if (index < 0)
        {
            string[] outputs = [.. signature.Outputs.Select(o => o.Name)];
            mistakes.Add(path, $"'{name}'", $"an output of the model: {string.Join(", ", outputs)}", Suggestion.Nearest(name, outputs));
            return [];
        }

        OutputSignature output = signature.Outputs[index];
        int offset = signature.OffsetOf(index);
        if (at < 0)
        {
            return [.. Enumerable.Range(offset, output.Length)];
        }

        if (output.Axis is not { } axis)
        {
            mistakes.Add(path, $"'{selector}'", $"'{name}' alone, because it is a single number");
            return [];
        }

        if (!TryRange(selector[(at + 1)..], out double from, out double to))
        {
            mistakes.Add(path, $"'{selector}'", $"{name}@time or {name}@from..to");
            return [];
        }

        int[] selected = [.. Enumerable.Range(0, axis.Count).Where(k => axis[k] >= from - 1e-9 && axis[k] <= to + 1e-9).Select(k => offset + k)];
        if (selected.Length == 0)
        {
            mistakes.Add(path, $"'{selector}'", string.Create(
                CultureInfo.InvariantCulture, $"a time of the output's axis, {axis[0]:R} to {axis[^1]:R}"));
        }

        return selected;
    }

    private static bool TryRange(string text, out double from, out double to)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        bool parsed = double.TryParse(dots < 0 ? text : text[..dots], NumberStyles.Float, CultureInfo.InvariantCulture, out from);
        to = from;
        return parsed && (dots < 0 || double.TryParse(text[(dots + 2)..], NumberStyles.Float, CultureInfo.InvariantCulture, out to));
    }
}
