namespace Calibrate.Runtime.Slots;

/// <summary>
/// Starts children one after the other: at once as long as they evaluate something, after growing pauses when one after the other dies without
/// having evaluated anything, and not at all when they no longer start.
/// </summary>
internal sealed class ChildSupply
{
    private const int MostFailedStarts = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Func<CancellationToken, SlotChild> start;
    private readonly TimeProvider clock;
    private int fruitless;

    /// <summary>Creates the supply.</summary>
    /// <param name="start">Starts a child and waits until it is ready.</param>
    /// <param name="clock">Measures the pauses.</param>
    public ChildSupply(Func<CancellationToken, SlotChild> start, TimeProvider clock)
    {
        this.start = start;
        this.clock = clock;
    }

    /// <summary>A child evaluated something: the next one need not wait.</summary>
    public void Proven() => fruitless = 0;

    /// <summary>Starts the next child; null when that was given up.</summary>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="RunException">No child comes to life.</exception>
    public SlotChild? Next(CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            // The first child and the one after a single death come at once.
            if (!TryPause(fruitless++ - 1, cancellationToken))
            {
                return null;
            }

            try
            {
                return start(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
            catch (ChildStartException exception) when (failures == MostFailedStarts)
            {
                throw new RunException(exception.Message, exception);
            }
            catch (ChildStartException)
            {
                // once more, after a pause
            }
        }
    }

    /// <summary>The pause before the child that follows so many fruitless ones.</summary>
    internal static TimeSpan PauseAfter(int deaths) => deaths <= 0
        ? TimeSpan.Zero
        : TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(deaths - 1, 16)));

    private bool TryPause(int deaths, CancellationToken cancellationToken)
    {
        var pause = PauseAfter(deaths);
        if (pause == TimeSpan.Zero)
        {
            return !cancellationToken.IsCancellationRequested;
        }

        using var over = new ManualResetEventSlim();
        using var timer = clock.CreateTimer(_ => over.Set(), null, pause, Timeout.InfiniteTimeSpan);
        try
        {
            over.Wait(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
