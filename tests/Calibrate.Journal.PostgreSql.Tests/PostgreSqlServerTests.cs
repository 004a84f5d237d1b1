using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql.Tests;

public sealed class PostgreSqlServerTests : IDisposable
{
    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [Fact]
    public async Task A_server_that_was_never_reached_is_not_waited_for()
    {
        var clock = new SkippingTime();
        await using var server = new PostgreSqlServer(PostgreSqlAddress.Parse("postgres://u:secret@127.0.0.1:1/d"), new PostgreSqlJournalOptions(), clock);

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => server.ReadAsync(_ => Task.FromResult(1), CancellationToken.None));

        Assert.Contains("127.0.0.1:1 cannot be reached", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
        Assert.Empty(clock.Pauses);
    }

    [SkippableFact]
    public async Task A_wrong_password_is_never_repeated()
    {
        var address = database.Address;
        address.Connection.Password = "a-wrong-secret";
        await using var journal = new PostgreSqlJournal(address, TimeProvider.System);

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.ListAsync());

        Assert.Contains("refuses user", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-wrong-secret", refused.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Reading_that_was_cut_goes_on_where_another_connection_can_be_had()
    {
        var clock = new SkippingTime();
        await using var server = new PostgreSqlServer(database.Address, new PostgreSqlJournalOptions(), clock);
        var attempts = 0;

        var answer = await server.ReadAsync(
            connection => ++attempts < 4 ? throw new NpgsqlException("cut") : connection.ScalarAsync<int>("SELECT 42", []), CancellationToken.None);

        Assert.Equal((42, 4, 3), (answer, attempts, clock.Pauses.Count));
    }

    [SkippableFact]
    public async Task Patience_ends_in_a_message()
    {
        var clock = new SkippingTime();
        await using var server = new PostgreSqlServer(database.Address, new PostgreSqlJournalOptions(), clock);

        await Assert.ThrowsAsync<JournalUnavailableException>(
            () => server.ReadAsync<int>(_ => throw new NpgsqlException("cut"), CancellationToken.None));
        Assert.InRange(clock.Pauses.Sum(pause => pause.TotalSeconds), 59, 60);
    }
}
