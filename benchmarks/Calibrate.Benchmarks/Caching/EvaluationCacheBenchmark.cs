using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Benchmarks.Journal;
using Calibrate.Inference;
using Calibrate.Journal.Sqlite;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;
using Calibrate.Runtime.Caching;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Caching;

/// <summary>
/// What a look-up in the evaluation cache costs: batches of 1 and of 64 through the caching engine, key and answer included, all known or all
/// unknown, ten parameters, in a file of 100,000 evaluations. One line without and one with 200 recorded outputs.
/// </summary>
internal static class EvaluationCacheBenchmark
{
    private const int Parameters = 10;
    private const int Entries = 100_000;
    private const int Lookups = 64_000;
    private const int Rounds = 5;

    private static readonly Problem Problem = ProblemFile.Parse(
        new ProblemSource(
            Path.Combine(AppContext.BaseDirectory, "cache.yaml"),
            $$"""
            model: { expression: { y: {{string.Join(" + ", Enumerable.Range(1, Parameters).Select(i => $"p{i}"))}} } }
            parameters: { {{string.Join(", ", Enumerable.Range(1, Parameters).Select(i => $"p{i}: 'uniform(-1, 1)'"))}} }
            targets: { y: { output: y, value: 1, sigma: 1 } }
            """,
            []),
        new BuiltInModels());

    public static int Run(string[] arguments)
    {
        foreach (var recorded in (int[])[0, 200])
        {
            Measure(recorded);
        }

        return 0;
    }

    private static void Measure(int recorded)
    {
        using var place = new BenchmarkRuns();
        var keys = new EvaluationKeys(Problem, "benchmark", HostPlatform.Current);
        var begin = Stopwatch.GetTimestamp();
        using (var filling = Open(place))
        {
            for (var i = 0; i < Entries; i++)
            {
                filling.Store(keys.Of(Point(i)), new Evaluated(-i, new double[recorded]));
            }
        }

        var stored = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        using var cache = Open(place);
        var engine = new CachingEngine(new IdleEngine(), cache, keys);
        var work = new EngineWork(
            MethodFactory.Create(Problem, 1, null), Problem.Likelihood, [], new Discarding(), Problem, new SessionId(RunId.Parse("benchmark"), 1), []);
        engine.PrepareAsync(work, CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "evaluation-cache",
            parameters = Parameters,
            recorded,
            entries = Entries,
            file_megabytes = new FileInfo(Path.Combine(place.Path, SqliteEvaluationCache.FileName)).Length / 1e6,
            stored_per_second = Entries / stored,
            hit_microseconds_batch_1 = Microseconds(engine, 1, known: true),
            hit_microseconds_batch_64 = Microseconds(engine, 64, known: true),
            miss_microseconds_batch_1 = Microseconds(engine, 1, known: false),
            miss_microseconds_batch_64 = Microseconds(engine, 64, known: false),
            machine = Machine.Description,
        }));
    }

    private static SqliteEvaluationCache Open(BenchmarkRuns place) =>
        SqliteEvaluationCache.TryOpen(place.Path, TimeProvider.System, Console.Error.WriteLine) ?? throw new IOException("there is no cache to measure");

    /// <summary>Per evaluation, the median of the rounds; the first one warms up.</summary>
    private static double Microseconds(CachingEngine engine, int size, bool known)
    {
        var order = new System.Random(1);
        var times = new double[Rounds];
        for (var round = -1; round < Rounds; round++)
        {
            DispatchBatch[] batches =
            [
                .. Enumerable.Range(1, Lookups / size).Select(number => new DispatchBatch(
                    number, [.. Enumerable.Range(0, size).Select(walker => Request(order.Next(Entries), walker, known))])),
            ];
            var (hits, start) = (engine.Hits, Stopwatch.GetTimestamp());
            foreach (var batch in batches)
            {
                engine.Perform(batch);
            }

            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (engine.Hits - hits != (known ? batches.Length * size : 0))
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{engine.Hits - hits} hits"));
            }

            if (round >= 0)
            {
                times[round] = seconds * 1e6 / (batches.Length * size);
            }
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }

    private static EvaluationRequest Request(int i, int walker, bool known) =>
        new(new EvaluationId(0, 0, walker, 0), known ? Point(i) : [.. Point(i).Select(x => x + 3)]);

    private static double[] Point(int i) => [.. Enumerable.Range(0, Parameters).Select(j => Math.Sin((i * Parameters) + j + 1))];

    private sealed class IdleEngine : IEngine
    {
        public string Name => "idle";

        public Task<EngineReady> PrepareAsync(EngineWork work, CancellationToken cancellationToken) =>
            Task.FromResult(new EngineReady(ExecutionMode.Dataflow, 1, 0));

        public void Perform(RunEffect effect)
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Discarding : ICommandSink
    {
        public bool Post(RunCommand command) => true;

        public void PostUrgent(RunCommand command)
        {
        }

        public void Fault(Exception exception) => throw exception;
    }
}
