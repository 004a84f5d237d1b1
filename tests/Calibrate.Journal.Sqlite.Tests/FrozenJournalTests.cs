using System.Globalization;
using System.Security.Cryptography;
using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite.Tests;

/// <summary>
/// Journals of every format version there has been, as files under Fixtures/: they stay readable forever. A test here that fails
/// is answered by reading the old format, never by making a new fixture.
/// </summary>
public sealed class FrozenJournalTests
{
    public static TheoryData<string, string> Fixtures => new() { { "version-1", "closed" }, { "version-1", "killed" } };

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Old_journals_read_back_verify_and_go_on(string version, string state)
    {
        using var runs = new TemporaryRuns();
        var fixture = Path.Combine(AppContext.BaseDirectory, "Fixtures", version);
        Directory.CreateDirectory(runs.Files.Directory);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(fixture, state)))
        {
            File.Copy(path, Path.Combine(runs.Files.Directory, Path.GetFileName(path)));
        }

        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(fixture, "expected.txt")), (await runs.ReadAsync()).Select(Line));

        await using var journal = runs.Open();
        var snapshot = await journal.ReadSnapshotAsync(TemporaryRuns.Run);
        Assert.Equal(8, snapshot!.Sequence);
        Assert.Equal("the state after event 8"u8.ToArray(), snapshot.Payload.ToArray());

        await using var writer = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        Assert.Equal((3L, 9L), (writer.Epoch, writer.LastSequence));
        await writer.AppendAsync([new JournalEvent(1, new byte[] { 1 })], durable: true);
        var verification = await journal.VerifyAsync(TemporaryRuns.Run);
        Assert.True(verification.Intact, string.Join('\n', verification.Problems));
        Assert.Equal((10L, 2), (verification.Events, verification.Snapshots));
    }

    private static string Line(JournalEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Sequence} {entry.Epoch} {entry.Kind} {entry.Payload.Length} {Convert.ToHexStringLower(SHA256.HashData(entry.Payload.Span))} {Convert.ToHexStringLower(entry.Seal.ToArray())}");
}
