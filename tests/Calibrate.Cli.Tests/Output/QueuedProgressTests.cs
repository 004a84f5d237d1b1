using Calibrate.Cli.Output;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Tests.Output;

public class QueuedProgressTests
{
    [Fact]
    public void A_line_comes_every_half_minute_with_the_name_of_the_run()
    {
        var clock = new HandClock();
        List<string> lines = [];
        var progress = new QueuedProgress(RunId.Parse("mine"), lines.Add, clock);
        progress.OnProgress(Progress());
        clock.Now += 31 * clock.TimestampFrequency;
        progress.OnProgress(Progress());
        progress.OnProgress(Progress());
        Assert.StartsWith("[mine] 500 of 1,000 iterations, ", Assert.Single(lines), StringComparison.Ordinal);
    }

    private static RunProgress Progress() => new()
    {
        Status = RunStatus.Running,
        Iteration = 500,
        Iterations = 1000,
        WalkerSteps = 1,
        StepsPerSecond = 2,
        Evaluations = 3,
        Acceptance = 0.4,
        Failures = 0,
        Elapsed = TimeSpan.FromSeconds(5),
    };

    private sealed class HandClock : TimeProvider
    {
        public long Now { get; set; }

        public override long GetTimestamp() => Now;
    }
}
