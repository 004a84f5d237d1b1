// A real process that owns a run, for the tests to kill: Calibrate.Journal.Sqlite.Writer hold|append RUNS_DIRECTORY RUN.
// The third verb, freeze, makes the fixture journals of a new format version.
using System.Globalization;
using Calibrate.Journal.Sqlite;
using Calibrate.Journal.Sqlite.Writer;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

if (args[0] == "freeze")
{
    await FrozenJournal.WriteAsync(args[1]);
    return 0;
}

await using var journal = new SqliteJournal(args[1]);
var options = AcquireOptions.ForThisProcess(TimeProvider.System) with { CreateIfMissing = true };
try
{
    await using var writer = await journal.AcquireAsync(RunId.Parse(args[2]), options);
    await Console.Out.WriteLineAsync("acquired");
    if (args[0] == "append")
    {
        await AppendUntilKilledAsync(writer);
    }

    // Whoever started this process says when to let go, by closing its input.
    await Console.In.ReadToEndAsync();
    return 0;
}
catch (JournalException refused)
{
    await Console.Out.WriteLineAsync(refused.Message);
    return 3;
}

static async Task AppendUntilKilledAsync(IJournalWriter writer)
{
    while (true)
    {
        // One to four events per transaction, every third transaction durable, a snapshot now and then.
        var next = writer.LastSequence + 1;
        await writer.AppendAsync(KnownEvents.Range(next, next + (next % 4)), durable: next % 3 == 0);
        if (next % 10 == 0)
        {
            await writer.SaveSnapshotAsync(KnownEvents.At(writer.LastSequence).Payload);
        }

        await Console.Out.WriteLineAsync(writer.LastSequence.ToString(CultureInfo.InvariantCulture));
        await Console.Out.FlushAsync();
    }
}
