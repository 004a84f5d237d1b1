using System.Net.Sockets;
using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql.Tests;

public class PostgreSqlErrorsTests
{
    private static readonly PostgreSqlAddress Address = PostgreSqlAddress.Parse("postgres://me:secret@db:7/runs");
    private static readonly RunId Run = RunId.Parse("test");

    [Theory]
    [InlineData(PostgresErrorCodes.AdminShutdown, true)]
    [InlineData(PostgresErrorCodes.CannotConnectNow, true)]
    [InlineData(PostgresErrorCodes.TooManyConnections, true)]
    [InlineData(PostgresErrorCodes.ReadOnlySqlTransaction, true)]
    [InlineData(PostgresErrorCodes.ConnectionFailure, true)]
    [InlineData(PostgresErrorCodes.DiskFull, false)]
    [InlineData(PostgresErrorCodes.InvalidPassword, false)]
    [InlineData(PostgresErrorCodes.UndefinedTable, false)]
    public void Only_what_another_connection_can_mend_is_tried_again(string code, bool again) =>
        Assert.Equal(again, PostgreSqlErrors.IsLostConnection(Answer(code)));

    [Fact]
    public void Broken_sockets_and_timeouts_are_lost_connections()
    {
        Assert.True(PostgreSqlErrors.IsLostConnection(new NpgsqlException("x", new IOException("y"))));
        Assert.True(PostgreSqlErrors.IsLostConnection(new SocketException((int)SocketError.ConnectionReset)));
        Assert.True(PostgreSqlErrors.IsLostConnection(new TimeoutException()));
        Assert.False(PostgreSqlErrors.IsLostConnection(new InvalidOperationException()));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.InvalidPassword, typeof(JournalUnavailableException), "refuses user 'me'")]
    [InlineData(PostgresErrorCodes.InvalidCatalogName, typeof(JournalUnavailableException), "no database 'runs'. Create it with `createdb runs`")]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, typeof(JournalUnavailableException), "User 'me' may not use the schema 'calibrate'")]
    [InlineData(PostgresErrorCodes.UndefinedTable, typeof(JournalFormatException), "lacks tables of Calibrate")]
    [InlineData(PostgresErrorCodes.OutOfMemory, typeof(JournalUnavailableException), "answers: what the server said.")]
    public void Refusals_say_what_to_do_and_never_the_password(string code, Type type, string text)
    {
        var exception = PostgreSqlErrors.WhileConnecting(Answer(code), Address);

        Assert.IsType(type, exception);
        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_does_not_answer_is_named() => Assert.StartsWith(
        "The database server db:7 cannot be reached: Connection refused. ",
        PostgreSqlErrors.WhileConnecting(new NpgsqlException("outer", new SocketException((int)SocketError.ConnectionRefused)), Address).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Damage_that_the_server_finds_is_damage_of_the_event()
    {
        var damaged = Assert.IsType<JournalDamagedException>(PostgreSqlErrors.WhileReading(Answer(PostgresErrorCodes.DataCorrupted), Address, Run, 7));
        Assert.Equal(7, damaged.Sequence);
        Assert.IsType<JournalUnavailableException>(PostgreSqlErrors.WhileReading(Answer(PostgresErrorCodes.LockNotAvailable), Address, Run));
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DiskFull, "the disk of the database server db:7 is full")]
    [InlineData(PostgresErrorCodes.InsufficientPrivilege, "user 'me' may not write it")]
    [InlineData(PostgresErrorCodes.UndefinedTable, "tables are missing in the schema 'calibrate'")]
    [InlineData(PostgresErrorCodes.NotNullViolation, "PostgreSQL says 'what the server said'")]
    public void Failed_writes_say_how_far_the_journal_is(string code, string text)
    {
        var failure = Assert.IsType<JournalWriteException>(PostgreSqlErrors.WhileWriting(Answer(code), Address, Run, 41));

        Assert.Equal(41, failure.LastSequence);
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        Assert.Contains("up to event 41", failure.Message, StringComparison.Ordinal);
    }

    private static PostgresException Answer(string code) => new("what the server said", "ERROR", "ERROR", code);
}
