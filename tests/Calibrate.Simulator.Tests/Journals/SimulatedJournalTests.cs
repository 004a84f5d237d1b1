using System.Text;
using Calibrate.Runtime.Journals;
using Calibrate.Simulator.Faults;
using Calibrate.Simulator.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Simulator.Tests.Journals;

public sealed class SimulatedJournalTests : JournalConformance
{
    private readonly SimulatedFiles files = new();

    protected override IJournal Open() => new SimulatedJournal(files);

    protected override bool TryLoseNextAcknowledgement() => FailNext(DiskFault.LoseAcknowledgement);

    protected override bool TryLoseNextAppend() => FailNext(DiskFault.LoseWrite);

    [Fact]
    public async Task A_power_cut_takes_back_what_was_not_synced_and_nothing_else()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var disk = new SimulatedFiles();
            var journal = new SimulatedJournal(disk);
            var writer = await journal.AcquireAsync(Run, new AcquireOptions { Owner = "test", CreateIfMissing = true });
            await writer.AppendAsync([Text("safe"), Text("safe too")], durable: true);
            await writer.AppendAsync([Text("unsafe"), Text("unsafe too"), Text("unsafe as well")], durable: false);
            disk.CutPower(new SimulationRandom(seed));

            await using var again = await journal.AcquireAsync(Run, new AcquireOptions { Owner = "test" });
            Assert.InRange(again.LastSequence, 2, 5);
            await again.AppendAsync([Text("afterwards")], durable: true);
            Assert.Empty((await journal.VerifyAsync(Run)).Problems);
        }
    }

    private static JournalEvent Text(string text) => new(1, Encoding.UTF8.GetBytes(text));

    private bool FailNext(DiskFault fault)
    {
        files.FaultOf = _ =>
        {
            files.FaultOf = _ => DiskFault.None;
            return fault;
        };
        return true;
    }
}
