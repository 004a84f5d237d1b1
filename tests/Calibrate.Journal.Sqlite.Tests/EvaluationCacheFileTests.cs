using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Caching;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class EvaluationCacheFileTests : IDisposable
{
    private readonly TemporaryRuns runs = new();
    private readonly List<string> said = [];

    private EvaluationCacheFile File => new(runs.Path);

    [Fact]
    public void Evaluations_are_counted_by_the_beginning_of_their_keys()
    {
        Assert.Empty(File.ReadModels());
        using (var cache = Open())
        {
            Fill(cache, model: 1, 5);
            Fill(cache, model: 2, 7);
        }

        Assert.Equal(new FileInfo(File.Path).Length, File.Bytes);
        var models = File.ReadModels();

        Assert.Equal(["010101010101", "020202020202"], models.Select(model => model.Fingerprint));
        Assert.Equal([5L, 7L], models.Select(model => model.Evaluations));
        Assert.All(models, model => Assert.Equal(model.Evaluations * OutcomeBytes.Write(Key(1, 1), new Evaluated(1, [2])).Length, model.Bytes));
    }

    [Fact]
    public void A_cache_in_use_is_emptied_under_its_user()
    {
        using (var cache = Open())
        {
            Fill(cache, model: 1, 500);
        }

        var before = File.Bytes;
        using (var cache = Open())
        {
            Assert.NotNull(cache.Find(Key(1, 3)));
            File.Clear();
            Assert.Null(cache.Find(Key(1, 3)));
            Fill(cache, model: 2, 2);
        }

        Assert.Equal(2, Assert.Single(File.ReadModels()).Evaluations);
        Assert.True(File.Bytes < before);
        Assert.Empty(said);
    }

    [Fact]
    public void A_damaged_file_is_told_of_and_removed()
    {
        System.IO.File.WriteAllText(File.Path, string.Concat(Enumerable.Repeat("this is no database ", 100)));
        System.IO.File.WriteAllText(File.Path + ".damaged", "an older one");

        Assert.Contains("`calibrate cache clear`", Assert.Throws<IOException>(File.ReadModels).Message, StringComparison.Ordinal);
        File.Clear();

        Assert.False(File.Exists);
        Assert.Equal(0, File.Bytes);
    }

    public void Dispose() => runs.Dispose();

    private static EvaluationKey Key(byte model, int i)
    {
        var key = Enumerable.Repeat(model, 32).ToArray();
        BitConverter.TryWriteBytes(key.AsSpan(20), i);
        return new EvaluationKey(key);
    }

    private static void Fill(SqliteEvaluationCache cache, byte model, int count)
    {
        for (var i = 0; i < count; i++)
        {
            cache.Store(Key(model, i), new Evaluated(i, [2]));
        }
    }

    private SqliteEvaluationCache Open() => SqliteEvaluationCache.TryOpen(runs.Path, TimeProvider.System, said.Add) ?? throw new IOException("no cache");
}
