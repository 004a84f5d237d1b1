using System.Globalization;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Journals;

public sealed class AcquireOptionsTests
{
    [Fact]
    public void The_owner_says_process_host_and_start()
    {
        var options = AcquireOptions.ForThisProcess(new StoppedClock());
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since 2026-01-31 12:30:00 UTC"),
            options.Owner);
        Assert.False(options.CreateIfMissing);
        Assert.False(options.Takeover);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 31, 12, 30, 0, TimeSpan.Zero);
    }
}
