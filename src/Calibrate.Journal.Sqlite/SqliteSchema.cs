using System.Globalization;
using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite;

/// <summary>The tables of a journal's database (docs/formats/journal.md), made and recognised.</summary>
internal static class SqliteSchema
{
    /// <summary>"CALB": marks the file as ours for <c>file</c> and for us.</summary>
    public const int ApplicationId = 0x43414C42;

    /// <summary>The version of the tables; a higher one was written by a newer Calibrate.</summary>
    public const int Version = 1;

    private const int SmallestPageBytes = 512;

    private static readonly string[] Tables =
    [
        // Which event is the last one, apart from the events themselves: rows that a damaged page no longer shows are missed.
        "CREATE TABLE head (id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL, seal BLOB NOT NULL) STRICT",
        "CREATE TABLE epochs (epoch INTEGER PRIMARY KEY, owner TEXT NOT NULL) STRICT",
        "CREATE TABLE events (sequence INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, kind INTEGER NOT NULL, seal BLOB NOT NULL, payload BLOB NOT NULL) STRICT",
        "CREATE TABLE snapshots (sequence INTEGER PRIMARY KEY, seal BLOB NOT NULL, payload BLOB NOT NULL) STRICT",
    ];

    /// <summary>
    /// Makes an empty journal. The caller holds the owner lock. It appears under its name complete or not at all, and
    /// without the log of an earlier journal, which SQLite would replay into it.
    /// </summary>
    public static void Create(RunFiles files, SqliteJournalOptions options)
    {
        foreach (var stale in new[] { files.NewDatabase, files.NewDatabase + "-journal", files.WriteAheadLog, files.SharedMemory, files.Mark })
        {
            File.Delete(stale);
        }

        using (var database = SqliteDatabase.Create(files.NewDatabase, options.LockPatience))
        {
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA page_size = {options.PageBytes}"));
            database.Execute("PRAGMA synchronous = FULL");
            database.Execute("BEGIN");
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
            foreach (var table in Tables)
            {
                database.Execute(table);
            }

            using (var head = database.Prepare("INSERT INTO head VALUES (1, 0, 0, ?1)"))
            {
                head.Bind(1, Seal.Genesis.ToArray()).Run();
            }

            database.Execute("COMMIT");
            database.Execute("PRAGMA journal_mode = WAL");
            database.TidyOnClose();
        }

        File.Move(files.NewDatabase, files.Database, overwrite: false);
    }

    /// <summary>Refuses what is not a journal, or one of a newer version.</summary>
    /// <exception cref="JournalFormatException">It is.</exception>
    public static void Check(SqliteDatabase database, RunFiles files)
    {
        // SQLite takes what is shorter than its smallest page for a new, empty database.
        if (files.DatabaseBytes < SmallestPageBytes)
        {
            throw new JournalDamagedException(files.Run, null, $"the file {RunFiles.DatabaseName} has only {files.DatabaseBytes} bytes");
        }

        var application = database.QueryInt64("PRAGMA application_id");
        if (application != ApplicationId)
        {
            throw new JournalFormatException($"{files.Database} is not a journal of Calibrate, or its first page is damaged.");
        }

        var version = database.QueryInt64("PRAGMA user_version");
        if (version != Version)
        {
            throw new JournalFormatException(
                $"The journal of run '{files.Run}' has format version {version}; this version of Calibrate reads version {Version}. Use the version that wrote it, or a newer one.");
        }
    }
}
