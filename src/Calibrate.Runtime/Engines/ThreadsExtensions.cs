namespace Calibrate.Runtime.Engines;

/// <summary>Waiting for several threads with one deadline.</summary>
internal static class ThreadsExtensions
{
    /// <summary>Waits for all threads to end.</summary>
    /// <param name="threads">The threads, told to end already.</param>
    /// <param name="patience">How long to wait for all of them together.</param>
    /// <param name="clock">Measures the time.</param>
    /// <returns>False if a thread still runs.</returns>
    public static bool JoinAll(this IEnumerable<Thread> threads, TimeSpan patience, TimeProvider clock)
    {
        var start = clock.GetTimestamp();
        foreach (var thread in threads)
        {
            var left = patience - clock.GetElapsedTime(start);
            if (!thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                return false;
            }
        }

        return true;
    }
}
