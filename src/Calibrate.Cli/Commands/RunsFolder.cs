using System.CommandLine;
using Calibrate.Journal.Sqlite;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary>Where runs live: <c>--runs-dir</c>, else the environment variable <c>CALIBRATE_RUNS</c>, else <c>runs</c> in the current folder.</summary>
internal sealed class RunsFolder
{
    private const string Variable = "CALIBRATE_RUNS";
    private const string Default = "runs";

    public Option<string?> Option { get; } = new("--runs-dir")
    {
        Description = $"Folder of the runs (default: ${Variable}, else {Default}).",
        HelpName = "DIR",
    };

    public string Path(ParseResult parsed) =>
        parsed.GetValue(Option) ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : Default);

    /// <summary>The option as it must be repeated in a command that the user is told to type; empty when it was not given.</summary>
    public string Hint(ParseResult parsed) => parsed.GetValue(Option) is { } given ? $" --runs-dir {given}" : "";

    public IJournal Open(ParseResult parsed) => new SqliteJournal(Path(parsed));
}
