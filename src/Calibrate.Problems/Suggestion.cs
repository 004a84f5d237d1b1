namespace Calibrate.Problems;

/// <summary>"Did you mean": the known name nearest to a misspelt one.</summary>
/// <remarks>
/// Distance: optimal string alignment (Damerau 1964; insertion, deletion, substitution, swap of neighbours), ignoring
/// case, hyphens and underscores.
/// </remarks>
public static class Suggestion
{
    /// <summary>The nearest name, or null when none is near: at most one edit per three letters but always one, and never all.</summary>
    /// <param name="misspelt">What the user wrote.</param>
    /// <param name="known">What exists.</param>
    public static string? Nearest(string misspelt, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(misspelt);
        ArgumentNullException.ThrowIfNull(known);
        string plain = Plain(misspelt);
        string? nearest = null;
        int nearestDistance = Math.Max(1, plain.Length / 3) + 1;
        foreach (string name in known)
        {
            int distance = Distance(plain, Plain(name));
            if (distance < nearestDistance && distance < Math.Max(plain.Length, name.Length))
            {
                nearest = name;
                nearestDistance = distance;
            }
        }

        return nearest;
    }

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int substitution = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substitution, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
