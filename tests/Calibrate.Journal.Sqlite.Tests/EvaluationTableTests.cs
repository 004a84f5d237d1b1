namespace Calibrate.Journal.Sqlite.Tests;

public sealed class EvaluationTableTests : IDisposable
{
    private const long NoLimit = long.MaxValue;

    private readonly TemporaryRuns runs = new();

    private string File => Path.Combine(runs.Path, "table.db");

    [Fact]
    public void Rows_come_back_with_the_time_of_their_last_use()
    {
        using var table = EvaluationTable.Open(File, NoLimit);
        table.Write([Row(1), Row(2)], now: 100);
        table.Write([(Key(2), null), (Key(3), null)], now: 200);

        Assert.True(table.TryFind(Key(1), out var value, out var used));
        Assert.Equal(Value(1), value);
        Assert.Equal(100, used);
        Assert.True(table.TryFind(Key(2), out value, out used));
        Assert.Equal(Value(2), value);
        Assert.Equal(200, used);
        Assert.False(table.TryFind(Key(3), out _, out _));
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void What_is_written_again_is_replaced()
    {
        using var table = EvaluationTable.Open(File, NoLimit);
        table.Write([Row(1)], now: 1);
        table.Write([(Key(1), Value(9))], now: 2);

        Assert.True(table.TryFind(Key(1), out var value, out var used));
        Assert.Equal(Value(9), value);
        Assert.Equal(2, used);
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void Beyond_the_limit_what_was_not_used_for_longest_goes_first()
    {
        const long limit = 200_000;
        using var table = EvaluationTable.Open(File, limit);
        for (var i = 0; i < 1000; i++)
        {
            // Evaluation 7 is used again and again.
            table.Write([Row(i), (Key(7), null)], now: i);
            Assert.True(table.Bytes <= limit, $"{table.Bytes} bytes after {i} rows");
        }

        Assert.InRange(table.Count, 100, 900);
        Assert.True(table.TryFind(Key(7), out _, out _));
        Assert.False(table.TryFind(Key(0), out _, out _));
        for (var i = 1000 - (int)table.Count + 1; i < 1000; i++)
        {
            Assert.True(table.TryFind(Key(i), out _, out _), $"row {i} is gone before older ones");
        }
    }

    [Fact]
    public void A_transaction_larger_than_the_limit_does_not_break_it()
    {
        const long limit = 200_000;
        using var table = EvaluationTable.Open(File, limit);
        table.Write(Enumerable.Range(0, 5000).Select(Row), now: 1);
        Assert.InRange(table.Bytes, limit / 2, limit);

        table.Write([(Key(1), new byte[2 * limit])], now: 2);
        Assert.InRange(table.Bytes, 0, limit);
        table.Write([Row(3)], now: 3);
        Assert.True(table.TryFind(Key(3), out _, out _));
    }

    [Fact]
    public void A_transaction_that_breaks_leaves_nothing()
    {
        using var table = EvaluationTable.Open(File, NoLimit);
        table.Write([Row(1)], now: 1);

        Assert.Throws<IOException>(() => table.Write(Breaking(), now: 2));

        Assert.Equal(1, table.Count);
        table.Write([Row(3)], now: 3);
        Assert.Equal(2, table.Count);

        static IEnumerable<(ReadOnlyMemory<byte> Key, byte[]? Value)> Breaking()
        {
            yield return Row(2);
            throw new IOException("no more");
        }
    }

    public void Dispose() => runs.Dispose();

    private static byte[] Key(int i)
    {
        var key = new byte[32];
        BitConverter.TryWriteBytes(key.AsSpan(12), i);
        return key;
    }

    private static byte[] Value(int i) => [.. Enumerable.Repeat((byte)i, 100)];

    private static (ReadOnlyMemory<byte> Key, byte[]? Value) Row(int i) => (Key(i), Value(i));
}
