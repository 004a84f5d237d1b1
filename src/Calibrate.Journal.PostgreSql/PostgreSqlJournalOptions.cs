namespace Calibrate.Journal.PostgreSql;

/// <summary>The constants of the provider, and what tests change about them.</summary>
internal sealed record PostgreSqlJournalOptions
{
    /// <summary>How long an owner that is not heard of keeps the run: long enough for a restart of the server, short enough for a standby.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the owner renews its lease: two renewals may fail before it runs out.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long an owner whose lease runs but whose session has gone may take to come back before it counts as dead. A living owner
    /// notices at once and tries again every <see cref="LongestPause"/> at least, so this must be longer.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a lost connection is tried to be restored before the session gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before the first attempt to connect again; doubles with every attempt.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between two attempts.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long anything waits for a lock of the database; each is held for one transaction only.</summary>
    public TimeSpan LockPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one statement may take before its connection counts as lost.</summary>
    public TimeSpan StatementPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// An append becomes durable when this much acknowledged payload was not: what a crashed server forgets is kept in memory
    /// and written again, so it has to have an end.
    /// </summary>
    public long UnflushedBytes { get; init; } = 1 << 20;

    /// <summary>An append becomes durable when this much time has passed since one was.</summary>
    public TimeSpan UnflushedAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The tables' history; tests put shorter and longer ones here.</summary>
    public IReadOnlyList<SchemaMigration> Migrations { get; init; } = SchemaMigration.All;

    /// <summary>Called before a write is sent; may throw to lose it.</summary>
    public Action? BeforeWrite { get; init; }

    /// <summary>Called between a write and its acknowledgement; may throw to lose the latter.</summary>
    public Action? AfterWrite { get; init; }
}
