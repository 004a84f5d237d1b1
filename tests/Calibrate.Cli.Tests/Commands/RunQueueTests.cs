using Calibrate.Cli.Commands;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Cli.Tests.Commands;

public sealed class RunQueueTests
{
    private readonly InMemoryStore store = new();
    private readonly List<string> told = [];
    private readonly List<string> logged = [];

    [Fact]
    public async Task Runs_are_driven_to_their_ends_and_told_with_their_hashes()
    {
        Assert.Equal(ExitCode.Done, await Queue(concurrent: 2).RunAsync([Request("one"), Request("two")], stay: false, Tell, Load, CancellationToken.None));
        Assert.Equal(2, told.Count);
        Assert.All(told, line => Assert.Matches("^(one|two): done at iteration 50, chain hash [0-9a-f]{64}$", line));
    }

    [Fact]
    public async Task Without_files_the_unfinished_runs_are_taken_up()
    {
        await InterruptAsync("left");
        Assert.Equal(ExitCode.Done, await Queue().RunAsync([], stay: false, Tell, Load, CancellationToken.None));
        Assert.StartsWith("left: done at iteration 50", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, await Queue().RunAsync([], stay: false, Tell, Load, CancellationToken.None));
        Assert.Contains("There is no unfinished run in the journal.", logged);
    }

    [Fact]
    public async Task A_run_that_somebody_holds_is_waited_for_and_taken_over()
    {
        var journal = new InMemoryJournal(store);
        var holder = await journal.AcquireAsync(RunId.Parse("held"), new AcquireOptions { Owner = "the other one", CreateIfMissing = true });
        var standby = new TaskCompletionSource();
        var queue = Queue(log: line =>
        {
            logged.Add(line);
            if (line.Contains("Standing by", StringComparison.Ordinal))
            {
                standby.TrySetResult();
            }
        });
        var running = queue.RunAsync([Request("held")], stay: false, Tell, Load, CancellationToken.None);
        await standby.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await holder.DisposeAsync();
        Assert.Equal(ExitCode.Done, await running.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Single(logged, line => line.Contains("Standing by", StringComparison.Ordinal));
        Assert.StartsWith("held: done", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_cannot_be_driven_is_told_and_the_others_go_on()
    {
        var impossible = Request("impossible") with { Iterations = 0 };
        Assert.Equal(ExitCode.Failed, await Queue().RunAsync([impossible, Request("possible")], stay: false, Tell, Load, CancellationToken.None));
        Assert.Contains(logged, line => line.StartsWith("[impossible]", StringComparison.Ordinal));
        Assert.StartsWith("possible: done", Assert.Single(told), StringComparison.Ordinal);
    }

    private static Problem Problem(string name) => ProblemFile.Parse(new ProblemSource($"/nowhere/{name}.yaml", Problems.Gaussian, ["method.iterations=50", "method.warm_up=10"]), new BuiltInModels());

    private static RunRequest Request(string name) => new(RunId.Parse(name), Problem(name));

    private static Task<Problem> Load(IJournal journal, RunId run) => Task.FromResult(Problem(run.Name));

    private RunQueue Queue(int concurrent = 1, Action<string>? log = null) => new(
        () => new InMemoryJournal(store), (journal, _) => new RunHost(journal, TimeProvider.System), _ => [], TimeProvider.System, concurrent, log ?? LogSafely);

    private void Tell(string line)
    {
        lock (told)
        {
            told.Add(line);
        }
    }

    private void LogSafely(string line)
    {
        lock (logged)
        {
            logged.Add(line);
        }
    }

    private async Task InterruptAsync(string name)
    {
        using var stop = new CancellationTokenSource();
        var journal = new InMemoryJournal(store);
        var result = await new RunHost(journal, TimeProvider.System).RunAsync(Request(name) with { Observer = new StopAtOnce(stop) }, stop.Token);
        Assert.Equal(RunOutcome.Interrupted, result.Outcome);
    }

    private sealed class StopAtOnce(CancellationTokenSource stop) : IRunObserver
    {
        public void OnBegin(RunBeginning beginning) => stop.Cancel();

        public void OnProgress(RunProgress progress)
        {
        }
    }
}
