using Calibrate.Cli.Output;
using Calibrate.Runtime;

namespace Calibrate.Cli.Tests.Output;

public class LiveProgressTests
{
    private const string BackToStart = "\r\u001b[2K";

    [Fact]
    public void The_line_is_drawn_in_place_and_wiped_at_the_end()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, interactive: true, width: 120);
        using (var display = new LiveProgress(terminal, verbose: false))
        {
            display.OnProgress(Progress(iteration: 500));
        }

        Assert.Equal(
            BackToStart + new string('━', 15) + new string('╌', 15) + "  50 %  500 of 1,000  12,346 steps/s, acceptance 0.45, 1 min 30 s left" + BackToStart,
            error.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void A_narrow_terminal_cuts_the_line_instead_of_wrapping_it()
    {
        using var error = new StringWriter();
        using (var display = new LiveProgress(new Terminal(TextWriter.Null, error, interactive: true, width: 50), verbose: false))
        {
            display.OnProgress(Progress(iteration: 500));
        }

        Assert.All(error.ToString().Split(BackToStart), line => Assert.True(line.Length < 50));
    }

    private static RunProgress Progress(int iteration) => new()
    {
        Status = RunStatus.Running,
        Iteration = iteration,
        Iterations = 1000,
        WalkerSteps = 64000,
        StepsPerSecond = 12345.6,
        Evaluations = 64000,
        Acceptance = 0.45,
        Failures = 0,
        Elapsed = TimeSpan.FromSeconds(5),
        Remaining = TimeSpan.FromSeconds(90),
    };
}
