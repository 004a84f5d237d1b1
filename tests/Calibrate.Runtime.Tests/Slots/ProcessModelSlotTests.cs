using System.Text;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Slots;
using Calibrate.TestHost;

namespace Calibrate.Runtime.Tests.Slots;

/// <summary>Models that are programs, within slots of both kinds: a standard normal density in Python that misbehaves where x1 is above 1.</summary>
public sealed class ProcessModelSlotTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string marks = Directory.CreateTempSubdirectory("calibrate-marks-").FullName;

    public void Dispose() => Directory.Delete(marks, recursive: true);

    [SkippableFact]
    public async Task A_program_that_hangs_gets_a_verdict_and_dies_with_its_slot()
    {
        await using var slot = ChildPrograms.Factory(Normal("import signal; open(MARKS + '/pid', 'w').write(str(os.getpid())); signal.pause()"), timeout: TimeSpan.FromSeconds(2)).Create();
        var outcomes = slot.Evaluate(ChildPrograms.Points(0, 2, 0));
        Assert.IsType<Evaluated>(outcomes[0].Outcome);
        Assert.Equal(ResourceKind.Time, Assert.IsType<ResourceExceeded>(outcomes[1].Outcome).Kind);
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(0.5))[0].Outcome);
        Assert.True(Vanishes(File.ReadAllText(Path.Combine(marks, "pid"))));
    }

    [SkippableFact]
    public async Task The_memory_limit_counts_the_program()
    {
        await using var slot = ChildPrograms.Factory(Normal("hoard = b'x' * (700 << 20); time.sleep(600)"), memory: 500L << 20).Create();
        var outcomes = slot.Evaluate(ChildPrograms.Points(0, 2));
        Assert.IsType<Evaluated>(outcomes[0].Outcome);
        Assert.Equal(
            new ResourceExceeded(ResourceKind.Memory, "took more memory than the 500 MiB of execution.memory"), Assert.IsType<ResourceExceeded>(outcomes[1].Outcome));
    }

    [SkippableFact]
    public async Task A_crash_of_the_program_is_a_failure_of_the_point_and_no_crash_of_the_slot()
    {
        var factory = ChildPrograms.Factory(Normal("sys.exit('singular matrix')"));
        await using var slot = factory.Create();
        var outcomes = slot.Evaluate(ChildPrograms.Points(0, 2, 0.5));
        var failed = Assert.IsType<ModelFailed>(outcomes[1].Outcome);
        Assert.Equal(new ModelFailed(ModelFailureKind.NonZeroExit, "the model ended with exit code 1 before it answered; it said last: singular matrix"), failed);
        Assert.IsType<Evaluated>(outcomes[2].Outcome);
        Assert.Equal(0, factory.Deaths);
    }

    [SkippableFact]
    public async Task A_program_that_no_longer_starts_ends_the_work_of_a_slot_that_is_a_process()
    {
        await using var slot = ChildPrograms.Factory(Normal("open(MARKS + '/gone', 'w').close(); sys.exit(1)")).Create();
        AssertGivesUp(slot);
    }

    [SkippableFact]
    public async Task A_program_that_no_longer_starts_ends_the_work_of_a_slot_that_is_a_thread()
    {
        await using var slot = new ThreadSlot(Normal("open(MARKS + '/gone', 'w').close(); sys.exit(1)").Likelihood.Create());
        AssertGivesUp(slot);
    }

    [SkippableFact]
    public async Task A_thread_that_is_disposed_ends_its_program()
    {
        var slot = new ThreadSlot(Normal("open(MARKS + '/pid', 'w').write(str(os.getpid()))").Likelihood.Create());
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(2))[0].Outcome);
        await slot.DisposeAsync();
        Assert.True(Vanishes(File.ReadAllText(Path.Combine(marks, "pid"))));
    }

    private static void AssertGivesUp(ISlot slot)
    {
        Assert.IsType<ModelFailed>(slot.Evaluate(ChildPrograms.Points(2))[0].Outcome);
        var end = Assert.Throws<RunException>(() => slot.Evaluate(ChildPrograms.Points(0)));
        Assert.Contains("it said last: the licence ran out", end.Message, StringComparison.Ordinal);
    }

    private static bool Vanishes(string process) =>
        SpinWait.SpinUntil(() => !File.Exists($"/proc/{process}/stat") || File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal), Patience);

    private Problem Normal(string fault)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "what the system knows about processes is read from /proc");
        Skip.IfNot(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, "python3"))),
            "there is no python3 on the PATH");
        var script = $$"""
            import json, os, sys, time
            MARKS = "{{marks}}"
            if os.path.exists(MARKS + "/gone"):
                sys.exit("the licence ran out")
            def say(answer):
                print(json.dumps(answer), flush=True)
            def misbehave():
                {{fault}}
            sys.stdin.readline()
            say({"calibrate": 1, "model": "normal", "version": "1", "log_density": True})
            for line in sys.stdin:
                request = json.loads(line)
                x1, x2 = request["points"][0]
                if x1 > 1:
                    misbehave()
                say({"id": request["id"], "results": [{"values": [-0.5 * (x1 * x1 + x2 * x2)]}]})
            """;
        return ProblemFile.Parse(
            new ProblemBundle(
                new ProblemSource(
                    "/normal.yaml", "model: { command: [python3, model.py], restarts: 2 }\nparameters: { x1: normal(0, 1), x2: normal(0, 1) }", []),
                new Dictionary<string, ReadOnlyMemory<byte>> { ["model.py"] = Encoding.UTF8.GetBytes(script) }),
            new TestModels());
    }
}
