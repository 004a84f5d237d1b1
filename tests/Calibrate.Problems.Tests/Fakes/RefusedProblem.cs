using System.Text;

namespace Calibrate.Problems.Tests.Fakes;

/// <summary>One case of <c>Reference/refused-problems.txt</c>.</summary>
internal sealed record RefusedProblem(string Name, string Text, (string Path, string Text)[] Files, string[] Overrides, string[] Messages)
{
    public static IReadOnlyList<RefusedProblem> All { get; } = ReadAll(Path.Combine(AppContext.BaseDirectory, "Reference", "refused-problems.txt"));

    public static IReadOnlyList<RefusedProblem> ReadAll(string path) =>
        [.. File.ReadAllText(path).Split("\n### ")[1..].Select(Parse)];

    private static RefusedProblem Parse(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        StringBuilder problem = new();
        List<(string Path, StringBuilder Text)> files = [];
        List<string> overrides = [];
        int i = 1;
        for (; lines[i] != ">>>"; i++)
        {
            if (lines[i].StartsWith("--- ", StringComparison.Ordinal))
            {
                files.Add((lines[i][4..], new StringBuilder()));
            }
            else if (lines[i].StartsWith("+++ ", StringComparison.Ordinal))
            {
                overrides.Add(lines[i][4..]);
            }
            else
            {
                (files.Count == 0 ? problem : files[^1].Text).Append(lines[i]).Append('\n');
            }
        }

        return new RefusedProblem(
            lines[0], problem.ToString(), [.. files.Select(f => (f.Path, f.Text.ToString()))], [.. overrides], lines[(i + 1)..]);
    }
}
