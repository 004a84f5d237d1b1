namespace Calibrate.Problems.Tests.Fakes;

/// <summary>A YAML block of <c>docs/problem-file.md</c>, completed to a whole problem, with the line it begins on.</summary>
internal sealed record DocumentedProblem(int Line, string Text)
{
    // What a block leaves out, it takes from here: a problem on the data of the climate sample.
    private static readonly (string Key, string Text)[] Base =
    [
        ("model", "model: { name: two-layer, options: { forcing: data/ar6_erf_1750-2019.csv } }\n"),
        ("parameters", "parameters: { lambda0: uniform(0.3, 3), eta: uniform(0.1, 2), cs: uniform(4, 14) }\n"),
        ("targets", "targets: { t: { output: surface_temperature, times: [2019], values: [1.2], sigma: 0.1 } }\n"),
    ];

    public static IReadOnlyList<DocumentedProblem> All { get; } = [.. Blocks(File.ReadAllLines(Checkout.PathOf("docs", "problem-file.md")))];

    private static IEnumerable<DocumentedProblem> Blocks(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] == "```yaml")
            {
                int start = i + 1;
                i = Array.IndexOf(lines, "```", start);
                yield return new DocumentedProblem(start + 1, Complete(string.Join('\n', lines[start..i]) + "\n"));
            }
        }
    }

    // A density has no targets, so they are only added where the base's model is.
    private static string Complete(string block) => block + string.Concat(Base
        .Where(b => !HasKey(block, b.Key) && (b.Key != "targets" || !HasKey(block, "model") || block.Contains("two-layer", StringComparison.Ordinal)))
        .Select(b => b.Text));

    private static bool HasKey(string block, string key) => ("\n" + block).Contains($"\n{key}:", StringComparison.Ordinal);
}
