using System.IO.Pipes;
using Calibrate.Models.Processes;

namespace Calibrate.Models.Tests.Processes;

public sealed class WakefulWaitTests : IDisposable
{
    private readonly AnonymousPipeServerStream program = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream answers;
    private readonly SteppingClock clock = new();

    public WakefulWaitTests() => answers = new AnonymousPipeClientStream(PipeDirection.In, program.ClientSafePipeHandle);

    [Fact]
    public void Nothing_is_waited_for_before_it_is_known_how_long_answers_take()
    {
        WakefulWait wait = new(answers, clock);
        wait.Asked();
        wait.Wait();
        Assert.Equal(double.PositiveInfinity, wait.Usual);
    }

    [Fact]
    public void What_has_come_ends_the_wait_at_once()
    {
        WakefulWait wait = After(microseconds: 10);
        wait.Asked();
        program.WriteByte(1);
        wait.Wait();
        Assert.Equal(1, answers.ReadByte());
    }

    [SkippableFact]
    public void A_pipe_that_broke_ends_the_wait_too()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        WakefulWait wait = After(microseconds: 10);
        wait.Asked();
        program.Dispose();
        wait.Wait();
        Assert.Equal(-1, answers.ReadByte());
    }

    [SkippableFact]
    public void A_fast_model_that_is_late_for_once_is_waited_for_asleep_after_a_while()
    {
        Skip.IfNot(OperatingSystem.IsLinux());
        WakefulWait wait = After(microseconds: 10);
        clock.Step = TimeSpan.FromMicroseconds(5);
        wait.Asked();
        long begin = clock.Asked;
        wait.Wait();
        Assert.InRange(clock.Asked - begin, 10, 11);
    }

    [Fact]
    public void A_slow_model_is_not_waited_for_awake()
    {
        // The clock stands still: a wait would never end.
        WakefulWait wait = After(microseconds: 1000);
        wait.Asked();
        wait.Wait();
        Assert.Equal(1000, wait.Usual);
    }

    [Fact]
    public void What_is_usual_follows_the_last_answers()
    {
        WakefulWait wait = After(microseconds: 1000);
        wait.Asked();
        clock.Now += TimeSpan.FromMicroseconds(500);
        wait.Answered();
        Assert.Equal(950, wait.Usual, 1e-9);
    }

    public void Dispose()
    {
        answers.Dispose();
        program.Dispose();
    }

    private WakefulWait After(double microseconds)
    {
        WakefulWait wait = new(answers, clock);
        wait.Asked();
        clock.Now += TimeSpan.FromMicroseconds(microseconds);
        wait.Answered();
        return wait;
    }

    private sealed class SteppingClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public TimeSpan Step { get; set; }

        public long Asked { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Asked++;
            return (Now += Step).Ticks;
        }
    }
}
