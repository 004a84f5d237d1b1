namespace Calibrate.Journal.Sqlite;

/// <summary>The measured constants of the provider, and what tests and benchmarks change about them.</summary>
internal sealed record SqliteJournalOptions
{
    /// <summary>Bytes of a database page.</summary>
    public int PageBytes { get; init; } = 4096;

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
