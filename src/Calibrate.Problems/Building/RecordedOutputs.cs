using System.Globalization;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Building;

/// <summary>A model output that is kept per draw.</summary>
/// <param name="Selector"><c>output</c>, <c>output@2019</c>, <c>output@1990..2019</c>, or <c>outputs</c> for all there are.</param>
/// <param name="Name">What to call a single value; null for the selector itself.</param>
internal sealed record RecordEntry(string Selector, string? Name = null);

/// <summary>Resolves <c>record</c> entries to positions among a model's output values.</summary>
internal static class RecordedOutputs
{
    /// <summary>The selector that stands for every value of every output, unless the model has an output of that name.</summary>
    public const string Everything = "outputs";

    /// <summary>Resolves entries to positions and names: those asked for one by one first, then what <see cref="Everything"/> adds.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="signature">The model's signature; null for a log density.</param>
    /// <param name="mistakes">Receives the mistakes.</param>
    /// <returns>Positions, names, and how many of them were asked for one by one.</returns>
    public static (int[] Rows, string[] Names, int Chosen) Resolve(
        IReadOnlyList<RecordEntry> entries, ModelSignature? signature, Mistakes mistakes)
    {
        List<int> rows = [];
        List<string> names = [];
        HashSet<string> taken = new(StringComparer.Ordinal);
        bool everything = false;
        for (int i = 0; i < entries.Count; i++)
        {
            string path = $"record[{i}]";
            if (signature is null)
            {
                mistakes.Add(path, $"'{entries[i].Selector}'", "nothing: a log density has no outputs");
                continue;
            }

            if (entries[i] is { Selector: Everything, Name: null } && signature.IndexOfOutput(Everything) < 0)
            {
                everything = true;
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
                if (!taken.Add(recorded))
                {
                    mistakes.Add(path, $"'{recorded}' a second time", "each recorded value once");
                    break;
                }

                rows.Add(row);
                names.Add(recorded);
            }
        }

        int chosen = rows.Count;
        if (everything)
        {
            AddTheRest(signature!, rows, names);
        }

        return ([.. rows], [.. names], chosen);
    }

    private static void AddTheRest(ModelSignature signature, List<int> rows, List<string> names)
    {
        HashSet<int> recorded = [.. rows];
        foreach (int row in Enumerable.Range(0, signature.OutputLength).Where(row => !recorded.Contains(row)))
        {
            rows.Add(row);
            names.Add(OutputNames.Of(signature, row));
        }
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
