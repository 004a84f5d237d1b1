using System.Data;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// Keeps a run for its owner: holds the session that tells it alive, renews the lease by the server's clock, and restores both when the
/// connection is cut. Safety does not depend on it: an owner that lost its lease unawares is stopped by the epoch at its next append.
/// </summary>
internal sealed class RunLease : IAsyncDisposable
{
    private const string Renew =
        "UPDATE runs SET lease_until = greatest(lease_until, clock_timestamp() + $3) WHERE id = $1 AND epoch = $2";

    // In its own transaction with the server's usual durability: what was appended without waiting for the disk is on it afterwards.
    private const string LetGo = "UPDATE runs SET lease_until = '-infinity' WHERE id = $1 AND epoch = $2";

    private readonly PostgreSqlServer server;
    private readonly RunRow owned;
    private readonly CancellationTokenSource ending = new();
    private readonly Task keeping;
    private NpgsqlConnection? connection;

    /// <summary>Starts to keep a run that was just acquired.</summary>
    /// <param name="server">The server.</param>
    /// <param name="owned">The run, with the epoch it is kept in.</param>
    /// <param name="holding">The connection whose session holds the owner's lock.</param>
    public RunLease(PostgreSqlServer server, RunRow owned, NpgsqlConnection holding)
    {
        this.server = server;
        this.owned = owned;
        connection = holding;
        keeping = Task.Run(KeepAsync);
    }

    /// <summary>Ends when the run belongs to a newer epoch, or this one was let go of.</summary>
    public Task Ended => keeping;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await keeping;
        ending.Dispose();
        try
        {
            // What was cancelled in the middle of a statement is not asked for another one.
            if (connection is not { FullState: ConnectionState.Open })
            {
                await DropAsync();
                connection = await server.OpenDedicatedAsync();
            }

            await connection.ExecuteAsync(LetGo, [owned.Id, owned.Epoch]);
        }
        catch (Exception exception) when (PostgreSqlErrors.IsOurs(exception) || exception is InvalidOperationException)
        {
            // The lease runs out by itself, and the session has ended already.
        }

        await DropAsync();
    }

    private async Task KeepAsync()
    {
        var pause = server.Options.FirstPause;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                connection ??= await ReturnAsync();
                if (await connection.ExecuteAsync(Renew, [owned.Id, owned.Epoch, server.Options.Lease], ending.Token) == 0)
                {
                    return;
                }

                pause = server.Options.FirstPause;

                // Not a plain delay: a connection that is waited on tells at once when it is cut.
                await connection.WaitAsync(server.Options.Renewal, ending.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (PostgreSqlErrors.IsOurs(exception) || exception is InvalidOperationException)
            {
                await DropAsync();
                await Task.Delay(pause, server.Clock, ending.Token).ContinueWith(
                    static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                pause = pause + pause < server.Options.LongestPause ? pause + pause : server.Options.LongestPause;
            }
        }
    }

    /// <summary>A new session that holds the owner's lock again, which the old one may keep for a moment.</summary>
    private async Task<NpgsqlConnection> ReturnAsync()
    {
        var opened = await server.OpenDedicatedAsync(ending.Token);
        try
        {
            return await OwnerSession.TryHoldAsync(opened, owned.Id, owned.Epoch, ending.Token)
                ? opened
                : throw new IOException("another session still holds the owner's lock");
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    private async Task DropAsync()
    {
        if (connection is { } dropped)
        {
            connection = null;
            await dropped.DisposeAsync();
        }
    }
}
