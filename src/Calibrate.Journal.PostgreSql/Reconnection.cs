namespace Calibrate.Journal.PostgreSql;

/// <summary>The pauses between attempts to get a connection back: doubling up to a limit, until the patience is over.</summary>
internal sealed class Reconnection(PostgreSqlJournalOptions options, TimeProvider clock)
{
    private TimeSpan pause = options.FirstPause;
    private long? lostAt;

    /// <summary>Waits before the next attempt; false when there will be none.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken = default)
    {
        lostAt ??= clock.GetTimestamp();
        if (clock.GetElapsedTime(lostAt.Value) + pause > options.Patience)
        {
            return false;
        }

        await Task.Delay(pause, clock, cancellationToken);
        pause = pause + pause < options.LongestPause ? pause + pause : options.LongestPause;
        return true;
    }
}
