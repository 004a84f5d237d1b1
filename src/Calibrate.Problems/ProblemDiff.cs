namespace Calibrate.Problems;

/// <summary>One key in which two problems differ.</summary>
/// <param name="Key">The key, for example <c>parameters.cs.prior</c>.</param>
/// <param name="Before">Its value in the first problem; null when it was not there.</param>
/// <param name="After">Its value in the second problem; null when it is not there.</param>
public sealed record ProblemChange(string Key, string? Before, string? After)
{
    /// <inheritdoc/>
    public override string ToString() => (Before, After) switch
    {
        (null, _) => $"{Key}: added {After}",
        (_, null) => $"{Key}: removed (was {Before})",
        _ => $"{Key}: {Before} -> {After}",
    };
}

/// <summary>Compares canonical texts key by key.</summary>
public static class ProblemDiff
{
    /// <summary>The keys in which two canonical texts differ, in the order of the texts; empty when they are equal.</summary>
    /// <param name="before">The canonical text a run was started with.</param>
    /// <param name="after">The canonical text now.</param>
    public static IReadOnlyList<ProblemChange> Between(string before, string after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        List<(string Key, string Value)> old = Lines(before);
        List<(string Key, string Value)> now = Lines(after);
        Dictionary<string, string> oldValues = old.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal);
        Dictionary<string, string> nowValues = now.ToDictionary(l => l.Key, l => l.Value, StringComparer.Ordinal);
        List<ProblemChange> changes = [];
        foreach ((string key, string value) in old)
        {
            if (!nowValues.TryGetValue(key, out string? replacement))
            {
                changes.Add(new ProblemChange(key, value, null));
            }
            else if (replacement != value)
            {
                changes.Add(new ProblemChange(key, value, replacement));
            }
        }

        changes.AddRange(now.Where(l => !oldValues.ContainsKey(l.Key)).Select(l => new ProblemChange(l.Key, null, l.Value)));
        return changes;
    }

    private static List<(string Key, string Value)> Lines(string text)
    {
        List<(string, string)> lines = [];
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            int separator = line.IndexOf(" = ", StringComparison.Ordinal);
            (string key, string value) = separator < 0 ? (line, "") : (line[..separator], line[(separator + 3)..]);

            // A key may have several lines, such as those that identify the files of a model: they are told apart by their order.
            int times = seen[key] = seen.GetValueOrDefault(key) + 1;
            lines.Add((times == 1 ? key : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{key}.{times}"), value));
        }

        return lines;
    }
}
