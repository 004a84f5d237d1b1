namespace Calibrate.Dashboard.Projections;

/// <summary>
/// When to look again: once a period, and never for more than a small share of one core, however fast the run writes or however slow the journal is.
/// </summary>
/// <param name="clock">Times the looks.</param>
/// <param name="period">Shortest time from one look to the next.</param>
internal sealed class WatchSchedule(TimeProvider clock, TimeSpan period)
{
    /// <summary>A look that took a second is followed by one of forty: at most 2.5 % of a core.</summary>
    public const int RestPerWork = 40;

    // What is watched must not look dead because one look was slow.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private long due = long.MinValue;
    private long began;
    private bool hasLooked;

    /// <summary>Whether it is time to look; from then on the look's time counts.</summary>
    public bool Begin()
    {
        began = clock.GetTimestamp();
        return began >= due;
    }

    /// <summary>The look is over. The first one, which compiles and reads more than any other, says nothing of those to come.</summary>
    public void End()
    {
        var now = clock.GetTimestamp();
        var rest = hasLooked ? clock.GetElapsedTime(began, now) * RestPerWork : TimeSpan.Zero;
        rest = rest > LongestRest ? LongestRest : rest;
        hasLooked = true;
        due = now + (long)((rest > period ? rest : period).TotalSeconds * clock.TimestampFrequency);
    }
}
