using System.CommandLine;
using Calibrate.Journal.PostgreSql;
using Calibrate.Journal.Sqlite;
using Calibrate.Problems;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary>
/// Where runs live: <c>--journal</c> or <c>--runs-dir</c>, else the environment variable <c>CALIBRATE_JOURNAL</c>, else
/// <c>CALIBRATE_RUNS</c>, else the folder <c>runs</c> in the current one.
/// </summary>
internal sealed class JournalLocation
{
    private const string FolderVariable = "CALIBRATE_RUNS";
    private const string JournalVariable = "CALIBRATE_JOURNAL";
    private const string JournalFileVariable = "CALIBRATE_JOURNAL_FILE";
    private const string PasswordFileVariable = "CALIBRATE_JOURNAL_PASSWORD_FILE";
    private const string DefaultFolder = "runs";

    public Option<string?> RunsFolder { get; } = new("--runs-dir")
    {
        Description = $"Folder of the runs (default: ${FolderVariable}, else {DefaultFolder}).",
        HelpName = "DIR",
    };

    public Option<string?> Journal { get; } = new("--journal")
    {
        Description = $"Database of the runs instead of a folder, postgres://USER@HOST/DATABASE (default: ${JournalVariable}).",
        HelpName = "URL",
    };

    /// <summary>Where, in words for the user; never with a password.</summary>
    public string Place(ParseResult parsed) => Address(parsed)?.Text ?? Folder(parsed);

    /// <summary>The folder of the runs, when they are in one; null when they are in a database.</summary>
    public string? FolderOnly(ParseResult parsed) =>
        parsed.GetValue(RunsFolder) is null && (parsed.GetValue(Journal) ?? FromEnvironment()) is not null ? null : Folder(parsed);

    /// <summary>
    /// The option as it must be repeated in a command that the user is told to type; empty when it was not given. A password that was
    /// given with it is not repeated.
    /// </summary>
    public string Hint(ParseResult parsed) => parsed.GetValue(Journal) is not null
        ? $" --journal {Quoted(Place(parsed))}"
        : parsed.GetValue(RunsFolder) is { } folder ? $" --runs-dir {folder}" : "";

    public IJournal Open(ParseResult parsed) =>
        Address(parsed) is { } address ? new PostgreSqlJournal(address, TimeProvider.System) : new SqliteJournal(Folder(parsed));

    /// <summary>The cache of evaluations, which stands in the folder of runs even when runs are in a database; null when the problem wants none.</summary>
    public SqliteEvaluationCache? OpenCache(ParseResult parsed, Problem problem, Action<string> log) =>
        problem.Execution.Cache ? SqliteEvaluationCache.TryOpen(Folder(parsed), TimeProvider.System, log) : null;

    /// <summary>The folder of runs, which also holds the cache of evaluations.</summary>
    public string Folder(ParseResult parsed) => parsed.GetValue(RunsFolder) ?? Variable(FolderVariable) ?? DefaultFolder;

    private PostgreSqlAddress? Address(ParseResult parsed)
    {
        var given = parsed.GetValue(Journal);
        if (parsed.GetValue(RunsFolder) is not null)
        {
            return given is null ? null : throw new UserException("Runs live in one place: give --journal or --runs-dir, not both.");
        }

        var source = given is null ? JournalVariable : "--journal";
        if ((given ?? FromEnvironment()) is not { } url)
        {
            return null;
        }

        if (!PostgreSqlAddress.IsOne(url))
        {
            throw new UserException($"{source} must be postgres://USER@HOST:PORT/DATABASE; a folder of runs is given with --runs-dir.");
        }

        try
        {
            return PostgreSqlAddress.Parse(url, FromFile(PasswordFileVariable));
        }
        catch (FormatException exception)
        {
            throw new UserException($"{source}: {exception.Message}");
        }
    }

    private static string? FromEnvironment() => Variable(JournalVariable) ?? FromFile(JournalFileVariable);

    /// <summary>The first line of the file that a variable names: how containers are handed secrets.</summary>
    private static string? FromFile(string variable)
    {
        if (Variable(variable) is not { } path)
        {
            return null;
        }

        try
        {
            return File.ReadLines(path).FirstOrDefault()?.Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The file '{path}' that {variable} names cannot be read: {exception.Message}");
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string Quoted(string text) => text.AsSpan().IndexOfAny("?&;*$'\" ") < 0 ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
