using Calibrate.Runtime.Caching;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite;

/// <summary>What a cache of evaluations holds of one model.</summary>
/// <param name="Fingerprint">The first 12 digits of the model fingerprint.</param>
/// <param name="Evaluations">Evaluations kept.</param>
/// <param name="Bytes">Bytes of their outcomes.</param>
/// <param name="LastUsed">When one of them was found or kept last, to the hour.</param>
public sealed record CachedModel(string Fingerprint, long Evaluations, long Bytes, DateTimeOffset LastUsed);

/// <summary>The file of the evaluation cache, for those who look after it; runs may use it at the same time.</summary>
public sealed class EvaluationCacheFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The database, its log and the log's index, as they are or as damage set them aside.
    private static readonly string[] Suffixes = ["", "-wal", "-shm", ".damaged", ".damaged-wal", ".damaged-shm"];

    /// <summary>Names the cache of a folder of runs; it need not exist.</summary>
    /// <param name="folder">The folder of runs.</param>
    public EvaluationCacheFile(string folder) => Path = System.IO.Path.Combine(folder, SqliteEvaluationCache.FileName);

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(Path);

    /// <summary>Bytes on the disk, with what was set aside as damaged.</summary>
    public long Bytes => Suffixes.Select(suffix => new FileInfo(Path + suffix)).Where(file => file.Exists).Sum(file => file.Length);

    /// <summary>What is kept, model by model, the last used first. Reads the whole file once.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<CachedModel> ReadModels()
    {
        if (!Exists)
        {
            return [];
        }

        try
        {
            using var database = SqliteDatabase.OpenReadOnly(Path, Patience);
            using var rows = database.Prepare(
                "SELECT lower(hex(substr(key, 1, ?1))) AS model, count(*), sum(length(value)), max(used) FROM evaluations GROUP BY model ORDER BY max(used) DESC, model");
            rows.Bind(1, EvaluationKey.ModelBytes);
            List<CachedModel> models = [];
            while (rows.Step())
            {
                models.Add(new CachedModel(rows.Text(0), rows.Int64(1), rows.Int64(2), DateTimeOffset.FromUnixTimeSeconds(rows.Int64(3))));
            }

            return models;
        }
        catch (SqliteException exception)
        {
            throw new IOException($"The evaluation cache '{Path}' cannot be read ({exception.Message}). `calibrate cache clear` removes it.", exception);
        }
    }

    /// <summary>Forgets every evaluation. A run that uses the cache goes on with it, empty.</summary>
    /// <exception cref="IOException">A file cannot be removed, or another process kept the cache locked for too long.</exception>
    public void Clear()
    {
        // A file that somebody has open is emptied, not taken from under them.
        if (Exists && !TryEmpty())
        {
            Remove(Suffixes);
            return;
        }

        Remove(Suffixes.Where(suffix => suffix.StartsWith('.')));
    }

    private bool TryEmpty()
    {
        try
        {
            using var database = SqliteDatabase.Create(Path, Patience);
            database.TidyOnClose();
            database.Execute("DELETE FROM evaluations");
            database.Execute("VACUUM");
            return true;
        }
        catch (SqliteException exception) when (SqliteEvaluationCache.IsDamage(exception))
        {
            return false;
        }
        catch (SqliteException exception)
        {
            throw new IOException($"The evaluation cache '{Path}' cannot be emptied ({exception.Message}).", exception);
        }
    }

    private void Remove(IEnumerable<string> suffixes)
    {
        foreach (var suffix in suffixes.Where(suffix => File.Exists(Path + suffix)))
        {
            File.Delete(Path + suffix);
        }
    }
}
