using System.Diagnostics;
using System.Globalization;
using System.Text;
using Calibrate.Models.Processes;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.Processes;

public sealed class ChildSourceTests : IDisposable
{
    private readonly string marks = Directory.CreateTempSubdirectory("calibrate-marks-").FullName;
    private readonly HandClock clock = new();

    [SkippableFact]
    public void The_program_that_introduced_itself_serves_the_first_slot()
    {
        ChildSource source = Source();
        source.Introduce();
        using ModelChild first = source.Next();
        Assert.Single(Started());
        using ModelChild second = source.Next();
        Assert.Equal(2, Started().Length);
    }

    [SkippableFact]
    public void A_program_that_no_slot_asks_for_is_ended()
    {
        ChildSource source = Source();
        source.Introduce();
        int process = Assert.Single(Started());
        Assert.True(Lives(process));
        clock.Fire(TimeSpan.FromSeconds(10));
        Assert.True(SpinWait.SpinUntil(() => !Lives(process), TimeSpan.FromSeconds(60)));
        using ModelChild child = source.Next();
        Assert.True(child.IsAlive);
    }

    [SkippableFact]
    public void A_program_that_died_before_a_slot_came_is_started_again()
    {
        ChildSource source = Source();
        source.Introduce();
        using (Process process = Process.GetProcessById(Assert.Single(Started())))
        {
            process.Kill();
            process.WaitForExit();
        }

        using ModelChild child = source.Next();
        Assert.True(child.IsAlive);
        Assert.Equal(2, Started().Length);
    }

    [SkippableFact]
    public void Starts_that_fail_are_tried_again_after_growing_pauses()
    {
        clock.FiresPauses = true;
        ModelUnavailableException end = Assert.Throws<ModelUnavailableException>(() => Source("sys.exit('no licence')", restarts: 4).Next());
        Assert.Contains("it said last: no licence", end.Message, StringComparison.Ordinal);
        Assert.Equal(4, Started().Length);
        Assert.Equal([0.1, 0.2, 0.4], clock.Pauses.Select(pause => pause.TotalSeconds));
    }

    public void Dispose() => Directory.Delete(marks, recursive: true);

    private static bool Lives(int process)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat");
        return File.Exists(path) && !File.ReadAllText(path).Contains(") Z ", StringComparison.Ordinal);
    }

    private int[] Started() => [.. Directory.GetFiles(marks).Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture))];

    private ChildSource Source(string body = "", int restarts = 3)
    {
        PythonPrograms.Require();
        Skip.IfNot(OperatingSystem.IsLinux(), "what the system knows about processes is read from /proc");
        string script = PythonPrograms.Script($"open('{marks}/%d' % os.getpid(), 'w').close()\n{body}");
        return new ChildSource(new ProcessProgram(
            ["python3", "model.py"], new Dictionary<string, ReadOnlyMemory<byte>> { ["model.py"] = Encoding.UTF8.GetBytes(script) }, ["a", "b"])
        {
            Clock = clock,
            Restarts = restarts,
            Outputs = [new("y", [0.0, 1, 2])],
        });
    }

    /// <summary>Timers that go off when a test says so, and pauses that are over at once.</summary>
    private sealed class HandClock : TimeProvider
    {
        private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

        private readonly List<HandTimer> timers = [];

        public bool FiresPauses { get; set; }

        public List<TimeSpan> Pauses { get; } = [];

        public void Fire(TimeSpan due) => timers.Where(timer => timer.Due == due).ToList().ForEach(timer => timer.Fire());

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            HandTimer timer = new(callback, state, dueTime);
            timers.Add(timer);
            if (FiresPauses && dueTime <= LongestPause)
            {
                Pauses.Add(dueTime);
                timer.Fire();
            }

            return timer;
        }

        private sealed class HandTimer(TimerCallback callback, object? state, TimeSpan due) : ITimer
        {
            private bool isDisposed;

            public TimeSpan Due => due;

            public void Fire()
            {
                if (!isDisposed)
                {
                    callback(state);
                }
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => !isDisposed;

            public void Dispose() => isDisposed = true;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
