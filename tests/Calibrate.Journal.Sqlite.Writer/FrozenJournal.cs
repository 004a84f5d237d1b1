using System.Globalization;
using System.Security.Cryptography;
using Calibrate.Journal.Sqlite;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Writer;

/// <summary>
/// Makes the fixture journals of one format version, which the tests replay for as long as the project lives. To be used once
/// per version: <c>Calibrate.Journal.Sqlite.Writer freeze DIRECTORY NAME</c> writes <c>DIRECTORY/closed</c>, the same journal as a
/// kill -9 leaves it in <c>DIRECTORY/killed</c>, and what both must hold in <c>DIRECTORY/expected.txt</c>.
/// </summary>
internal static class FrozenJournal
{
    public static async Task WriteAsync(string directory)
    {
        var run = RunId.Parse("closed");
        var owner = new AcquireOptions { Owner = "process 1 on fixture since 2026-01-31 12:00:00 UTC", CreateIfMissing = true };
        await using var journal = new SqliteJournal(directory);
        await using (var writer = await journal.AcquireAsync(run, owner))
        {
            await writer.AppendAsync([.. Enumerable.Range(1, 5).Select(i => KnownEvents.SmallAt(i))], durable: true);
            await writer.AppendAsync([new JournalEvent(0, ReadOnlyMemory<byte>.Empty)], durable: false);
            await writer.SaveSnapshotAsync("the state after event 6"u8.ToArray());
        }

        await using (var writer = await journal.AcquireAsync(run, owner))
        {
            await writer.AppendAsync([KnownEvents.SmallAt(7), KnownEvents.At(7)], durable: true);
            await writer.SaveSnapshotAsync("the state after event 8"u8.ToArray());
            await writer.AppendAsync([KnownEvents.SmallAt(9)], durable: false);
            Directory.CreateDirectory(Path.Combine(directory, "killed"));
            foreach (var name in new[] { "journal.db", "journal.db-wal" })
            {
                File.Copy(Path.Combine(directory, "closed", name), Path.Combine(directory, "killed", name));
            }
        }

        var lines = new List<string>();
        await foreach (var entry in journal.ReadAsync(run))
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Sequence} {entry.Epoch} {entry.Kind} {entry.Payload.Length} {Convert.ToHexStringLower(SHA256.HashData(entry.Payload.Span))} {Convert.ToHexStringLower(entry.Seal.ToArray())}"));
        }

        await File.WriteAllLinesAsync(Path.Combine(directory, "expected.txt"), lines);
    }
}
