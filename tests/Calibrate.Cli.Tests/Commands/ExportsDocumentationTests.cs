using Calibrate.Models;

namespace Calibrate.Cli.Tests.Commands;

/// <summary>The commands of docs/exports.md are ones that the command line takes, with every option it has.</summary>
public class ExportsDocumentationTests
{
    [Fact]
    public void Its_commands_parse()
    {
        using var output = new StringWriter();
        var root = CommandLine.Root(new Terminal(output, output, interactive: false, width: 160), new BuiltInModels());
        var commands = File.ReadLines(Path.Combine(Repository(), "docs", "exports.md"))
            .Where(line => line.StartsWith("calibrate export ", StringComparison.Ordinal))
            .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])
            .ToArray();

        Assert.All(commands, command => Assert.Empty(root.Parse(command).Errors));
        Assert.All(["--to", "--discard", "--thin", "--ensemble"], option => Assert.Contains(option, commands.SelectMany(command => command)));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Calibrate.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Calibrate.sln");
        }

        return folder;
    }
}
