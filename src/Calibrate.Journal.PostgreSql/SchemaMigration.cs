namespace Calibrate.Journal.PostgreSql;

/// <summary>One step in the history of the tables. Steps are append-only: one that was released never changes.</summary>
/// <param name="Version">The version that the tables have afterwards; counted from 1 without gaps.</param>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Sql">The statements, for a search path that starts with the journal's schema.</param>
internal sealed record SchemaMigration(int Version, string Name, string Sql)
{
    /// <summary>The table that makes a schema a journal of ours, and says which version it has.</summary>
    public const string VersionTable = "calibrate_schema";

    /// <summary>Every step so far (docs/formats/journal.md explains the tables).</summary>
    /// <remarks>
    /// No foreign keys: every row of <c>events</c> is written by the statement that moves the run's row, and a check per event would
    /// repeat, a million times, what that statement has just established. Payloads are stored uncompressed: the last digits of
    /// doubles do not compress, and trying costs more than writing them. The row of a run changes with every append: half of
    /// its page is left free, so that it is updated in place and no index grows.
    /// </remarks>
    public static IReadOnlyList<SchemaMigration> All { get; } =
    [
        new(
            1,
            "runs, epochs, events, snapshots",
            """
            CREATE TABLE runs (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              name text COLLATE "C" NOT NULL UNIQUE,
              epoch bigint NOT NULL,
              sequence bigint NOT NULL,
              seal bytea NOT NULL,
              owner text NOT NULL,
              lease_until timestamptz NOT NULL,
              created_at timestamptz NOT NULL DEFAULT now()
            ) WITH (fillfactor = 50);

            CREATE TABLE epochs (
              run_id bigint NOT NULL,
              epoch bigint NOT NULL,
              owner text NOT NULL,
              acquired_at timestamptz NOT NULL DEFAULT now(),
              PRIMARY KEY (run_id, epoch)
            );

            CREATE TABLE events (
              run_id bigint NOT NULL,
              sequence bigint NOT NULL,
              epoch bigint NOT NULL,
              kind integer NOT NULL,
              seal bytea NOT NULL,
              payload bytea NOT NULL,
              PRIMARY KEY (run_id, sequence)
            );
            ALTER TABLE events ALTER COLUMN payload SET STORAGE EXTERNAL;

            CREATE TABLE snapshots (
              run_id bigint NOT NULL,
              sequence bigint NOT NULL,
              seal bytea NOT NULL,
              payload bytea NOT NULL,
              PRIMARY KEY (run_id, sequence)
            );
            ALTER TABLE snapshots ALTER COLUMN payload SET STORAGE EXTERNAL;
            """),
    ];
}
