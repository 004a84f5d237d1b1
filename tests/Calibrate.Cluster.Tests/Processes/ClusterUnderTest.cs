using System.Diagnostics;
using System.Globalization;
using Calibrate.Journal.PostgreSql;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cluster.Tests.Processes;

/// <summary>
/// A cluster of real processes around the servers that <c>scripts/cluster-local.sh start</c> started: workers, coordinators, and a folder of their own
/// for problem files and local runs. Every test has run names of its own.
/// </summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    /// <summary>Longest time any step of a test may take before the test fails; far above what it takes on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly Dictionary<string, string> LocalHashes = new(StringComparer.Ordinal);

    private static int clusters;

    private readonly List<CalibrateProcess> processes = [];
    private readonly string servers;
    private readonly string broker;
    private readonly string journal;

    private ClusterUnderTest(string servers, string broker, string journal)
    {
        (this.servers, this.broker, this.journal) = (servers, broker, journal);
        Run = string.Create(CultureInfo.InvariantCulture, $"cluster-{Environment.ProcessId}-{Interlocked.Increment(ref clusters)}");
        Folder = Directory.CreateTempSubdirectory("calibrate-cluster-").FullName;
    }

    /// <summary>Name of this test's run.</summary>
    public string Run { get; }

    /// <summary>A folder of its own.</summary>
    public string Folder { get; }

    /// <summary>Address of the broker, with its password.</summary>
    public string Broker => broker;

    /// <summary>The cluster, or a skipped test when there are no servers.</summary>
    public static ClusterUnderTest Open()
    {
        string?[] found =
        [
            Environment.GetEnvironmentVariable("CALIBRATE_TEST_CLUSTER"),
            Environment.GetEnvironmentVariable("CALIBRATE_TEST_BROKER"),
            Environment.GetEnvironmentVariable("CALIBRATE_TEST_JOURNAL"),
        ];
        Skip.If(
            found.Contains(null),
            "Needs RabbitMQ and PostgreSQL: scripts/test.sh starts both, or `scripts/cluster-local.sh start DIR` and `source DIR/env`.");
        return new ClusterUnderTest(found[0]!, found[1]!, found[2]!);
    }

    /// <summary>Writes a problem file into the folder, named like the run.</summary>
    public string Problem(string text) => Write($"{Run}.yaml", text);

    /// <summary>Writes a file below the folder and returns its path.</summary>
    public string Write(string relative, string text)
    {
        var path = Path.Combine(Folder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts a worker. It knows the broker and nothing of the database.</summary>
    public CalibrateProcess StartWorker(params string[] options) => Start(["worker", "--slots", "1", .. options], withJournal: false);

    /// <summary>Starts a worker of another build.</summary>
    public CalibrateProcess StartWorkerOf(string program) => Start(["worker", "--slots", "1"], withJournal: false, program);

    /// <summary>Starts a worker with other environment variables.</summary>
    public CalibrateProcess StartWorkerWith(IReadOnlyDictionary<string, string?> variables) =>
        Start(["worker", "--slots", "1"], withJournal: false, program: null, variables);

    /// <summary>Keeps so many workers alive until disposal, as a supervisor does: a dead one is replaced by a new process.</summary>
    public IAsyncDisposable KeepWorkers(int count, params string[] options) => new Supervisor(this, count, options);

    /// <summary>Starts <c>calibrate run</c> on the cluster.</summary>
    public CalibrateProcess StartRun(string problem, params string[] options) =>
        Start(["run", problem, "--name", Run, "--engine", "rabbitmq", .. options], withJournal: true);

    /// <summary>Starts any command that knows broker and database.</summary>
    public CalibrateProcess StartCommand(params string[] arguments) => Start(arguments, withJournal: true);

    /// <summary>Runs a command to its end and returns what it printed.</summary>
    public async Task<string> CommandAsync(params string[] arguments)
    {
        var process = Start(arguments, withJournal: true);
        var code = await process.ExitAsync(Patience);
        return code == 0 ? process.Output : throw new InvalidOperationException($"{string.Join(' ', arguments)} exits {code}: {process.Errors}");
    }

    /// <summary>Chain hash of this test's run in the database.</summary>
    public async Task<string> HashAsync() => (await CommandAsync("runs", "hash", Run)).Trim();

    /// <summary>Chain hash of the same problem run by the local engine on the tight kernel, without any disturbance. Equal problems are run once.</summary>
    public async Task<string> LocalHashAsync(string problem)
    {
        var text = await File.ReadAllTextAsync(problem);
        if (LocalHashes.TryGetValue(text, out var known))
        {
            return known;
        }

        var runs = Path.Combine(Folder, "runs");
        var run = Start(["run", problem, "--name", "undisturbed", "--runs-dir", runs, "--quiet"], withJournal: false);
        var code = await run.ExitAsync(Patience);
        Assert.True(code == 0, run.Errors);
        var hash = Start(["runs", "hash", "undisturbed", "--runs-dir", runs], withJournal: false);
        Assert.Equal(0, await hash.ExitAsync(Patience));
        return LocalHashes[text] = hash.Output.Trim();
    }

    /// <summary>Waits until the run has come so far; fails at once when its process ends before.</summary>
    public async Task<int> ReachesAsync(int iteration, CalibrateProcess coordinator)
    {
        await using var reader = new PostgreSqlJournal(PostgreSqlAddress.Parse(journal), TimeProvider.System);
        var watch = Stopwatch.StartNew();

        // A journal tells nobody that it grew: it has to be asked.
        using var asking = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (watch.Elapsed < Patience && await asking.WaitForNextTickAsync())
        {
            if (await IterationAsync(reader) is var now && now >= iteration)
            {
                return now;
            }

            Assert.False(coordinator.HasExited, coordinator.Errors);
        }

        throw new TimeoutException($"Run {Run} does not reach iteration {iteration}. Its coordinator printed:\n{coordinator.Output}\n{coordinator.Errors}");
    }

    /// <summary>Waits for the end of a run's process and says what its exit code is.</summary>
    public static async Task FinishesAsync(CalibrateProcess coordinator, int expected = 0)
    {
        var code = await coordinator.ExitAsync(Patience);
        Assert.True(code == expected, $"exit code {code}, expected {expected}:\n{coordinator.Output}\n{coordinator.Errors}");
    }

    /// <summary>Calls scripts/cluster-local.sh with the servers' directory.</summary>
    public async Task ServersAsync(string verb, params string[] options)
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(Repository(), "scripts", "cluster-local.sh"), verb, servers, .. options])
        {
            start.ArgumentList.Add(argument);
        }

        using var script = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.Equal(0, script.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            process.Thaw();
            await process.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    // -1 while the run is not there yet, or the server that a test restarts is not.
    private async Task<int> IterationAsync(PostgreSqlJournal reader)
    {
        try
        {
            return (await RunListing.ReadAsync(reader, RunId.Parse(Run))).Iteration;
        }
        catch (JournalException)
        {
            return -1;
        }
    }

    private CalibrateProcess Start(
        IEnumerable<string> arguments, bool withJournal, string? program = null, IReadOnlyDictionary<string, string?>? variables = null)
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CALIBRATE_BROKER"] = broker,
            ["CALIBRATE_JOURNAL"] = withJournal ? journal : null,
            ["CALIBRATE_TEST_JOURNAL"] = null,
        };
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            environment[name] = value;
        }

        var process = CalibrateProcess.Start(environment, arguments, program);
        lock (processes)
        {
            processes.Add(process);
        }

        return process;
    }

    private sealed class Supervisor : IAsyncDisposable
    {
        private readonly CancellationTokenSource ending = new();
        private readonly Task[] watches;

        public Supervisor(ClusterUnderTest cluster, int count, string[] options) =>
            watches = [.. Enumerable.Range(0, count).Select(_ => Task.Run(() => KeepAsync(cluster, options)))];

        public async ValueTask DisposeAsync()
        {
            await ending.CancelAsync();
            await Task.WhenAll(watches);
            ending.Dispose();
        }

        private async Task KeepAsync(ClusterUnderTest cluster, string[] options)
        {
            while (!ending.IsCancellationRequested)
            {
                await cluster.StartWorker(options).EndsAsync(ending.Token);
            }
        }
    }

    /// <summary>The root of the checkout.</summary>
    public static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Calibrate.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Calibrate.sln");
        }

        return folder;
    }
}
