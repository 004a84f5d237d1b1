using System.Collections.Concurrent;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Caching;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteEvaluationCacheTests : IDisposable
{
    private readonly TemporaryRuns runs = new();
    private readonly ConcurrentQueue<string> said = [];
    private readonly SetClock clock = new();

    private string File => Path.Combine(runs.Path, SqliteEvaluationCache.FileName);

    [Fact]
    public void What_was_kept_is_known_to_the_next_session()
    {
        EvaluationOutcome[] outcomes = [new Evaluated(-1.5, [2, double.NaN]), new Evaluated(double.NegativeInfinity, []), new ModelFailed(ModelFailureKind.NotANumber, "y@3")];
        using (var cache = Open())
        {
            for (var i = 0; i < outcomes.Length; i++)
            {
                Assert.Null(cache.Find(Key(i)));
                cache.Store(Key(i), outcomes[i]);
            }
        }

        using var next = Open();
        Assert.Equivalent(outcomes, outcomes.Select((_, i) => next.Find(Key(i))), strict: true);
        Assert.Null(next.Find(Key(outcomes.Length)));
        Assert.Empty(said);
    }

    [Fact]
    public void Several_that_open_read_and_write_one_file_at_once_keep_everything()
    {
        const int each = 300;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, session =>
        {
            using var cache = Open();
            for (var i = 0; i < each; i++)
            {
                var own = (session * each) + i;
                cache.Store(Key(own), new Evaluated(own, []));
                var other = (own * 7) % (4 * each);
                Assert.Equal(other, cache.Find(Key(other)) is Evaluated found ? found.LogLikelihood : other);
            }
        });

        using var after = Open();
        Assert.All(Enumerable.Range(0, 4 * each), i => Assert.Equal(i, Assert.IsType<Evaluated>(after.Find(Key(i))).LogLikelihood));
        Assert.Empty(said);
    }

    [Fact]
    public void More_than_may_wait_is_kept_all_the_same()
    {
        const int many = 50_000;
        Fill(many);

        using var after = Open();
        Assert.NotNull(after.Find(Key(0)));
        Assert.NotNull(after.Find(Key(many / 2)));
        Assert.NotNull(after.Find(Key(many - 1)));
    }

    [Fact]
    public void Several_that_make_a_new_file_at_the_same_moment_share_it()
    {
        const int together = 4;
        for (var round = 0; round < 25; round++)
        {
            var folder = Path.Combine(runs.Path, $"round{round}");
            using var barrier = new Barrier(together);
            var caches = new SqliteEvaluationCache?[together];
            var threads = Enumerable.Range(0, together).Select(i => new Thread(() =>
            {
                barrier.SignalAndWait();
                caches[i] = SqliteEvaluationCache.TryOpen(folder, clock, said.Enqueue);
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Array.ForEach(caches, cache => cache?.Dispose());
        }

        Assert.Empty(said);
    }

    [Theory]
    [InlineData("this is no database, and long enough to see that from its header of a hundred bytes, which it does not have at all")]
    [InlineData("SQLite format 3\0 and then nothing that makes sense in the header of a database, although a hundred bytes are there to be read")]
    public void A_file_that_is_no_cache_is_set_aside_and_a_new_one_begun(string content)
    {
        System.IO.File.WriteAllText(File, content);

        using (var cache = Open())
        {
            Assert.Contains("is damaged; it was renamed to 'evaluations.db.damaged'", Assert.Single(said), StringComparison.Ordinal);
            cache.Store(Key(1), new Evaluated(1, []));
        }

        Assert.Equal(content, System.IO.File.ReadAllText(File + ".damaged"));
        using var next = Open();
        Assert.NotNull(next.Find(Key(1)));
        Assert.Single(said);
    }

    [Fact]
    public void Another_table_of_the_same_name_is_set_aside()
    {
        using (var other = SqliteDatabase.Create(File, TimeSpan.Zero))
        {
            other.Execute("CREATE TABLE evaluations (name TEXT)");
            other.TidyOnClose();
        }

        using var cache = Open();
        Assert.Single(said);
        Assert.True(System.IO.File.Exists(File + ".damaged"));
    }

    [Fact]
    public void Damage_while_it_is_in_use_ends_the_caching_and_not_the_run()
    {
        Fill(2000);
        using (var cache = Open())
        {
            using (var file = System.IO.File.OpenWrite(File))
            {
                file.Position = 4096;
                file.Write([.. Enumerable.Repeat((byte)0xFF, (int)(file.Length - 4096))]);
            }

            Assert.All(Enumerable.Range(0, 2000), i => Assert.Null(cache.Find(Key(i))));
            cache.Store(Key(1), new Evaluated(1, []));
            Assert.Null(cache.Find(Key(1)));
        }

        Assert.Contains("is damaged", Assert.Single(said), StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(File + ".damaged"));
        Fill(10);
        using var next = Open();
        Assert.NotNull(next.Find(Key(9)));
        Assert.Single(said);
    }

    [Fact]
    public void A_row_that_rotted_or_strayed_is_a_miss_and_can_be_kept_again()
    {
        Fill(3);
        using (var database = SqliteDatabase.Create(File, TimeSpan.Zero))
        {
            database.Execute("UPDATE evaluations SET value = (SELECT value FROM evaluations WHERE rowid = 2) WHERE rowid = 1");
            database.Execute("UPDATE evaluations SET value = substr(value, 1, 6) WHERE rowid = 3");
            database.TidyOnClose();
        }

        using (var cache = Open())
        {
            Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(i => cache.Find(Key(i)) is not null));
            cache.Store(Key(0), new Evaluated(0, []));
        }

        using var next = Open();
        Assert.NotNull(next.Find(Key(0)));
        Assert.Empty(said);
    }

    [Fact]
    public void What_is_found_counts_as_used_by_the_hour()
    {
        Fill(2);
        clock.Now += TimeSpan.FromMinutes(59);
        using (var cache = Open())
        {
            cache.Find(Key(0));
        }

        Assert.Equal(SetClock.Begin.ToUnixTimeSeconds(), Used(0));
        clock.Now += TimeSpan.FromMinutes(1);
        using (var cache = Open())
        {
            cache.Find(Key(0));
        }

        Assert.Equal(clock.Now.ToUnixTimeSeconds(), Used(0));
        Assert.Equal(SetClock.Begin.ToUnixTimeSeconds(), Used(1));
    }

    [Fact]
    public void It_holds_no_more_than_its_limit()
    {
        const long limit = 300_000;
        for (var session = 0; session < 3; session++)
        {
            using var cache = Open(limit);
            for (var i = 0; i < 2000; i++)
            {
                cache.Store(Key((2000 * session) + i), new Evaluated(i, new double[8]));
            }
        }

        using var table = EvaluationTable.Open(File, limit);
        Assert.InRange(table.Bytes, limit / 2, limit);
        Assert.True(table.TryFind(Key(5999).Bytes.Span, out _, out _));
        Assert.False(table.TryFind(Key(0).Bytes.Span, out _, out _));
        Assert.Empty(said);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told_and_gone_without()
    {
        var place = Path.Combine(runs.Path, "file");
        System.IO.File.WriteAllText(place, "not a folder");

        Assert.Null(SqliteEvaluationCache.TryOpen(place, clock, said.Enqueue));
        Assert.Contains("going on without it", Assert.Single(said), StringComparison.Ordinal);
    }

    public void Dispose() => runs.Dispose();

    private static EvaluationKey Key(int i)
    {
        var key = new byte[32];
        BitConverter.TryWriteBytes(key, i);
        return new EvaluationKey(key);
    }

    private SqliteEvaluationCache Open(long limit = SqliteEvaluationCache.DefaultLimit) =>
        SqliteEvaluationCache.TryOpen(runs.Path, clock, said.Enqueue, limit) ?? throw new InvalidOperationException(string.Join('\n', said));

    private void Fill(int count)
    {
        using var cache = Open();
        for (var i = 0; i < count; i++)
        {
            cache.Store(Key(i), new Evaluated(i, []));
        }
    }

    private long Used(int i)
    {
        using var table = EvaluationTable.Open(File, long.MaxValue);
        Assert.True(table.TryFind(Key(i).Bytes.Span, out _, out var used));
        return used;
    }

    private sealed class SetClock : TimeProvider
    {
        public static readonly DateTimeOffset Begin = DateTimeOffset.UnixEpoch.AddDays(20_000);

        public DateTimeOffset Now { get; set; } = Begin;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
