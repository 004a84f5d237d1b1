namespace Calibrate.Models.Tests;

/// <summary>The YAML blocks of a page under <c>docs/models</c>: each is a whole problem.</summary>
internal static class DocumentedBlocks
{
    /// <summary>The blocks by the line they begin on.</summary>
    public static IReadOnlyList<(int Line, string Text)> Of(string page)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root, "docs", "models", page));
        List<(int Line, string Text)> blocks = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] == "```yaml")
            {
                int start = i + 1;
                i = Array.IndexOf(lines, "```", start);
                blocks.Add((start + 1, string.Join('\n', lines[start..i]) + "\n"));
            }
        }

        return blocks;
    }

    /// <summary>A path in the checkout.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Root { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Calibrate.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Calibrate.sln stands in no folder above the tests: run them from a checkout.");
    }
}
