using System.Diagnostics;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class ResidentMemoryTests
{
    [Fact]
    public void This_process_holds_what_the_system_says()
    {
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var known = process.WorkingSet64;
        Assert.InRange(ResidentMemory.Of(process), known / 4, known * 4);
    }
}
