namespace Calibrate.Journal.Sqlite;

/// <summary>The measured constants of the provider, and what tests and benchmarks change about them.</summary>
internal sealed record SqliteJournalOptions
{
    /// <summary>
    /// Bytes of a page of a new database. Processor time measured at 4, 8, 16, 32 and 64 KiB: 5.0, 4.0, 3.2, 3.0 and 3.0 ms per MB of
    /// 1 MiB blocks, but 36, 46, 61, 85 and 197 us per small event (benchmark journal-append). At 8 KiB both cost less than
    /// a tenth of a core at the rates that matter, 24 MB or 2,000 small events a second.
    /// </summary>
    public int PageBytes { get; init; } = 8192;

    /// <summary>
    /// A log of this length is moved into the database at the next commit: 16 MiB, a fraction of a second to replay on
    /// opening, and large enough that the two extra syncs do not count.
    /// </summary>
    public long CheckpointBytes { get; init; } = 16 << 20;

    /// <summary>How long a checkpoint waits for a reader in the middle of a batch.</summary>
    public TimeSpan CheckpointPatience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long anything waits for the database's write lock, which is only ever held for one transaction.</summary>
    public TimeSpan LockPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The most pages the database may have; 0 = no limit. A disk that fills up, on demand.</summary>
    public long MaximumPages { get; init; }

    /// <summary>Called before a commit; may throw to lose what was to be committed.</summary>
    public Action? BeforeCommit { get; init; }

    /// <summary>Called between a commit and its acknowledgement; may throw to lose the latter.</summary>
    public Action? AfterCommit { get; init; }
}
