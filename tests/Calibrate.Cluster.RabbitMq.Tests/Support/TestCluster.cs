using System.Collections.Concurrent;
using System.Diagnostics;
using Calibrate.Cluster.RabbitMq.Workers;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;

namespace Calibrate.Cluster.RabbitMq.Tests.Support;

/// <summary>Workers and runs of one test; everything stops with it.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new(TestBroker.Patience);
    private readonly List<(Task Task, CancellationTokenSource Stop)> workers = [];
    private readonly List<Process> processes = [];

    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>A small Gaussian; different means are different models with queues of their own.</summary>
    public static Problem Gaussian(string name, double mean = 0, int iterations = 40, string more = "") => ProblemFile.Parse(
        new ProblemSource(
            $"/nowhere/{name}.yaml",
            FormattableString.Invariant($$"""
                name: {{name}}
                model: { name: gaussian, options: { mean: [{{mean}}, 1], covariance: [[1, 0.5], [0.5, 2]] } }
                parameters:
                  x1: { prior: "uniform(-20, 20)" }
                  x2: { prior: "uniform(-20, 20)" }
                method: { ensembles: 2, walkers: 16, iterations: {{iterations}}, seed: 7 }
                {{more}}
                """),
            []),
        new BuiltInModels());

    public static async Task<string> LocalHashAsync(Problem problem)
    {
        await using var journal = new InMemoryJournal();
        var run = RunId.Parse(problem.Name);
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(run, problem));
        return await RunHash.AtAsync(journal, run);
    }

    /// <summary>Starts a worker in this process; its task ends when it has stopped.</summary>
    public (Task Task, CancellationTokenSource Stop) StartWorker(BrokerSettings broker, int slots = 2)
    {
        var host = new WorkerHost(broker, new WorkerOptions(slots, SlotIsolation.Thread), new BuiltInModels(), TimeProvider.System, Log.Enqueue);
        var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        workers.Add((Task.Run(() => host.RunAsync(stopping.Token)), stopping));
        return workers[^1];
    }

    /// <summary>Starts a worker in a process of its own, to be killed.</summary>
    public Process StartWorkerProcess()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Calibrate.TestHost.dll"), "worker", "--slots", "1", "--isolation", "thread", "--quiet" },
            Environment = { [BrokerCredentials.UrlVariable] = Environment.GetEnvironmentVariable(TestBroker.Variable) },
        };
        processes.Add(Process.Start(start)!);
        return processes[^1];
    }

    /// <summary>Drives a run to its end.</summary>
    /// <returns>Its chain hash.</returns>
    public async Task<string> RunAsync(Problem problem, BrokerSettings broker, IRunObserver? observer = null)
    {
        await using var journal = new InMemoryJournal();
        var run = RunId.Parse(problem.Name);
        var host = new RunHost(journal, TimeProvider.System, (_, clock) => new RabbitMqEngine(broker, clock, Log.Enqueue));
        var result = await host.RunAsync(new RunRequest(run, problem) { Observer = observer }, stop.Token);
        Assert.True(result.Outcome == RunOutcome.Completed, $"{result.Outcome} {result.Reason}\n{string.Join('\n', Log)}");
        return await RunHash.AtAsync(journal, run);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(workers.Select(worker => worker.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        workers.ForEach(worker => worker.Stop.Dispose());
        foreach (var process in processes)
        {
            process.Kill();
            process.Dispose();
        }

        stop.Dispose();
    }
}

/// <summary>Does something once, when a run has come far enough.</summary>
internal sealed class AtIteration(int iteration, Action act) : IRunObserver
{
    private bool done;

    public void OnBegin(RunBeginning beginning)
    {
    }

    public void OnProgress(RunProgress progress)
    {
        if (!done && progress.Iteration >= iteration)
        {
            done = true;
            act();
        }
    }
}
