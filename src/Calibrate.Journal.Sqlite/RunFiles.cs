using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite;

/// <summary>Where the files of one run's journal are: <c>RUNS/NAME/journal.*</c>.</summary>
internal sealed class RunFiles
{
    public RunFiles(string runsDirectory, RunId run)
    {
        Run = run;
        Directory = Path.Combine(runsDirectory, run.Name);
        Database = Path.Combine(Directory, DatabaseName);
    }

    /// <summary>The file whose presence makes a directory a run.</summary>
    public const string DatabaseName = "journal.db";

    public RunId Run { get; }

    public string Directory { get; }

    public string Database { get; }

    /// <summary>A database under construction: renamed to <see cref="Database"/> when it is complete, so never seen half made.</summary>
    public string NewDatabase => Database + ".new";

    public string WriteAheadLog => Database + "-wal";

    public string SharedMemory => Database + "-shm";

    public string Lock => Path.Combine(Directory, "journal.lock");

    public string Mark => Path.Combine(Directory, "journal.mark");

    public bool Exist => File.Exists(Database);

    public long WriteAheadLogBytes => Length(WriteAheadLog);

    public long DatabaseBytes => Length(Database);

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }
}
