using System.Security.Cryptography;
using Npgsql;

namespace Calibrate.Cli.Tests.Commands;

/// <summary>Where runs live: what is said about wrong addresses, and that every command finds a run in a database.</summary>
public sealed class JournalLocationTests : IDisposable
{
    private const string Unreachable = "postgres://somebody:secret@127.0.0.1:1/runs";

    private readonly CalibrateInFolder _calibrate = new();

    [Theory]
    [InlineData("some/folder", "--journal must be postgres://USER@HOST:PORT/DATABASE; a folder of runs is given with --runs-dir.")]
    [InlineData("mysql://host/db", "--journal must be postgres://")]
    [InlineData("postgres://host", "names no database")]
    [InlineData("postgres://host/db?password=secret", "unknown setting 'password'")]
    [InlineData("postgres://host/db?sslmode=secret-ish", "sslmode")]
    public async Task An_address_that_cannot_be_one_is_bad_input(string journal, string message)
    {
        var answer = await CalibrateInFolder.RunAsync("runs", "list", "--journal", journal);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("runs", "list")]
    [InlineData("runs", "show", "r")]
    [InlineData("runs", "hash", "r")]
    [InlineData("runs", "verify", "r")]
    [InlineData("runs", "delete", "r")]
    [InlineData("resume", "r")]
    public async Task A_server_that_does_not_answer_is_one_message_without_the_password(params string[] command)
    {
        var answer = await CalibrateInFolder.RunAsync([.. command, "--journal", Unreachable]);

        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.StartsWith("The database server 127.0.0.1:1 cannot be reached: ", answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("secret", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_lives_in_one_place()
    {
        var answer = await CalibrateInFolder.RunAsync("runs", "list", "--journal", Unreachable, "--runs-dir", "runs");

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("not both", answer.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Every_command_works_with_runs_in_a_database()
    {
        var server = Environment.GetEnvironmentVariable("CALIBRATE_TEST_JOURNAL") ?? "";
        Skip.If(server.Length == 0, "CALIBRATE_TEST_JOURNAL names no PostgreSQL server; scripts/test.sh starts one");
        var schema = "test_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var journal = $"{server}?schema={schema}";
        var problem = _calibrate.Write("gaussian.yaml", Problems.Gaussian);
        var folder = Path.Combine(_calibrate.Folder, "runs");
        try
        {
            Assert.Contains("There is no run in postgres://", (await CalibrateInFolder.RunAsync("runs", "list", "--journal", journal)).Error, StringComparison.Ordinal);
            var run = await CalibrateInFolder.RunAsync("run", problem, "--journal", journal);
            await CalibrateInFolder.RunAsync("run", problem, "--runs-dir", folder);

            Assert.Equal(ExitCode.Done, run.Code);
            Assert.Equal(
                (await CalibrateInFolder.RunAsync("runs", "hash", "gaussian", "--runs-dir", folder)).Output,
                (await CalibrateInFolder.RunAsync("runs", "hash", "gaussian", "--journal", journal)).Output);
            Assert.Contains("completed", (await CalibrateInFolder.RunAsync("runs", "list", "--journal", journal)).Output, StringComparison.Ordinal);
            Assert.StartsWith("Intact: ", (await CalibrateInFolder.RunAsync("runs", "verify", "gaussian", "--journal", journal)).Output, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("resume", "gaussian", "--iterations", "5000", "--journal", journal)).Code);
            Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("runs", "show", "gaussian", "--journal", journal)).Code);
            Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("runs", "delete", "gaussian", "--yes", "--journal", journal)).Code);
            Assert.Equal(ExitCode.BadInput, (await CalibrateInFolder.RunAsync("runs", "show", "gaussian", "--journal", journal)).Code);
        }
        finally
        {
            await DropAsync(server, schema);
        }
    }

    public void Dispose() => _calibrate.Dispose();

    private static async Task DropAsync(string server, string schema)
    {
        var address = new Uri(server);
        var user = address.UserInfo.Split(':');
        await using var connection = new NpgsqlConnection(
            $"Host={address.Host};Port={address.Port};Database={address.AbsolutePath.Trim('/')};Username={user[0]};Password={user[^1]}");
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {schema} CASCADE", connection);
        await drop.ExecuteNonQueryAsync();
    }
}
