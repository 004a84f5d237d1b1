using System.Globalization;
using System.Threading.Channels;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Caching;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Calibrate.Journal.Sqlite;

/// <summary>
/// Evaluations in one SQLite file (WAL) that any number of processes share. Outcomes are written by a thread of its own, all that wait in
/// one transaction. Trouble is told once and ends the caching of this session, never the run; a damaged file is set aside.
/// </summary>
public sealed class SqliteEvaluationCache : IEvaluationCache
{
    /// <summary>Name of the file in the folder of runs.</summary>
    public const string FileName = "evaluations.db";

    /// <summary>What the file holds at most when nobody says otherwise: 1 GiB. Beyond, what was not used for longest goes first.</summary>
    public const long DefaultLimit = 1L << 30;

    // One rewrite of the time of use per hour is enough to tell what is used.
    private const long UseResolutionSeconds = 3600;

    // Transactions stay small beside the limit, also when outcomes carry outputs in their thousands.
    private const int MostPerTransaction = 1000;
    private const long MostBytesPerTransaction = 16 << 20;

    // Who evaluates faster than the disk takes it in waits for the disk.
    private const int MostWaiting = 16_384;

    private readonly string path;
    private readonly TimeProvider clock;
    private readonly Action<string> log;
    private readonly EvaluationTable reading;
    private readonly EvaluationTable writing;
    private readonly Channel<Entry> waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Thread writer;
    private volatile bool broken;

    private SqliteEvaluationCache(string path, long limit, TimeProvider clock, Action<string> log)
    {
        this.path = path;
        this.clock = clock;
        this.log = log;
        reading = EvaluationTable.Open(path, limit);
        try
        {
            writing = EvaluationTable.Open(path, limit);
        }
        catch
        {
            reading.Dispose();
            throw;
        }

        writer = new Thread(Write) { IsBackground = true, Name = "evaluation cache" };
        writer.Start();
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Opens the cache of a folder of runs, and creates it if there is none. A damaged file is renamed and a new one begun.</summary>
    /// <param name="folder">The folder of runs.</param>
    /// <param name="clock">Tells when an evaluation was used last.</param>
    /// <param name="log">Takes a line for the user when something is wrong.</param>
    /// <param name="limit">Bytes to hold at most.</param>
    /// <returns>The cache; null when there cannot be one, which was said to <paramref name="log"/>.</returns>
    public static SqliteEvaluationCache? TryOpen(string folder, TimeProvider clock, Action<string> log, long limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(log);
        var file = Path.Combine(folder, FileName);
        try
        {
            Directory.CreateDirectory(folder);
            try
            {
                return new SqliteEvaluationCache(file, limit, clock, log);
            }
            catch (SqliteException exception) when (IsDamage(exception))
            {
                SetAside(file, log);
                return new SqliteEvaluationCache(file, limit, clock, log);
            }
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            log($"The evaluation cache '{file}' cannot be opened ({exception.Message}); going on without it.");
            return null;
        }
    }

    /// <inheritdoc/>
    public EvaluationOutcome? Find(EvaluationKey key)
    {
        if (broken)
        {
            return null;
        }

        try
        {
            if (!reading.TryFind(key.Bytes.Span, out var bytes, out var used))
            {
                return null;
            }

            var outcome = OutcomeBytes.Read(key, bytes);
            if (outcome is not null && Now - used >= UseResolutionSeconds)
            {
                waiting.Writer.TryWrite(new Entry(key, null));
            }

            return outcome;
        }
        catch (SqliteException exception)
        {
            GiveUp(exception);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Store(EvaluationKey key, EvaluationOutcome outcome)
    {
        if (broken)
        {
            return;
        }

        var entry = new Entry(key, OutcomeBytes.Write(key, outcome));
        while (!waiting.Writer.TryWrite(entry) && waiting.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
        {
            // another one may have taken the place
        }
    }

    /// <summary>Writes what waits and closes the file.</summary>
    public void Dispose()
    {
        waiting.Writer.TryComplete();
        writer.Join();
        reading.Dispose();
        writing.Dispose();
    }

    private void Write()
    {
        List<Entry> batch = [];
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            long bytes = 0;
            while (batch.Count < MostPerTransaction && bytes < MostBytesPerTransaction && waiting.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
                bytes += entry.Value?.Length ?? 0;
            }

            if (!broken)
            {
                TryWrite(batch);
            }

            batch.Clear();
        }
    }

    private void TryWrite(List<Entry> batch)
    {
        try
        {
            writing.Write(batch.Select(entry => (entry.Key.Bytes, entry.Value)), Now);
        }
        catch (SqliteException exception)
        {
            GiveUp(exception);
        }
    }

    // Another process may hold the file open: on the systems this runs on it goes on with the renamed one, and its rows carry checksums.
    private void GiveUp(SqliteException exception)
    {
        if (broken)
        {
            return;
        }

        broken = true;
        if (IsDamage(exception))
        {
            SetAside(path, log);
        }
        else
        {
            log($"The evaluation cache '{path}' is in trouble ({exception.Message}); going on without it.");
        }
    }

    internal static bool IsDamage(SqliteException exception) =>
        SqliteErrors.PrimaryCode(exception) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR or raw.SQLITE_SCHEMA;

    private static void SetAside(string path, Action<string> log)
    {
        var aside = path + ".damaged";
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
        }

        log(string.Create(
            CultureInfo.InvariantCulture, $"The evaluation cache '{path}' is damaged; it was renamed to '{Path.GetFileName(aside)}', and evaluations are made again."));
    }

    private readonly record struct Entry(EvaluationKey Key, byte[]? Value);
}
