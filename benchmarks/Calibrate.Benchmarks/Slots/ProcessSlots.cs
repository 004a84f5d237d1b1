using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Slots;
using Calibrate.TestHost;

namespace Calibrate.Benchmarks.Slots;

/// <summary>
/// What a process per slot costs: the same batches on thread slots and on process slots, in turns, on all processors at once. The model uses a fixed
/// amount of processor time, so that whatever the pipe needs of the same processors shows. Limits are on. Arguments: microseconds per
/// evaluation (1000), slots (one per processor), evaluations per batch (20, as the scheduler deals them out at 1 ms), batches (50).
/// </summary>
internal static class ProcessSlots
{
    private const int Rounds = 7;

    public static int Run(string[] arguments)
    {
        var numbers = arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var microseconds = numbers.Length > 0 ? numbers[0] : 1000;
        var count = numbers.Length > 1 ? numbers[1] : Environment.ProcessorCount;
        var size = numbers.Length > 2 ? numbers[2] : 20;
        var batches = numbers.Length > 3 ? numbers[3] : 50;
        var problem = ProblemFile.Parse(
            new ProblemSource(
                "/spin.yaml",
                string.Create(CultureInfo.InvariantCulture, $"model: {{ name: spin, options: {{ microseconds: {microseconds} }} }}\nparameters: {{ x*: normal(0, 1) }}"),
                []),
            new TestModels());
        var program = new SlotProgram("dotnet", [Path.Combine(AppContext.BaseDirectory, "Calibrate.TestHost.dll"), SlotProgram.Command]);
        var processes = new ProcessSlotFactory(
            ProblemBundle.Of(problem),
            problem.ModelFingerprint(BuildIdentity.Current),
            new ProcessSlotOptions { Limits = new SlotLimits(TimeSpan.FromSeconds(30), 1L << 30), Program = program });
        ISlot[] threadSlots = [.. Enumerable.Range(0, count).Select(_ => new ThreadSlotFactory(problem.Likelihood).Create())];
        ISlot[] processSlots = [.. Enumerable.Range(0, count).Select(_ => processes.Create())];
        EvaluationRequest[] batch = [.. Enumerable.Range(0, size).Select(i => new EvaluationRequest(new EvaluationId(0, 0, i, 0), [0.1 * i, -0.1 * i]))];
        Evaluate(threadSlots, batch, 3);
        Evaluate(processSlots, batch, 3);
        List<(double Thread, double Process)> rounds = [];
        while (rounds.Count < Rounds)
        {
            rounds.Add((Evaluate(threadSlots, batch, batches), Evaluate(processSlots, batch, batches)));
        }

        var evaluations = (double)count * size * batches;
        var ratios = rounds.Select(round => round.Process / round.Thread).Order().ToList();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "process-slot",
            microseconds_per_evaluation = microseconds,
            slots = count,
            batch = size,
            thread_evaluations_per_second = evaluations / rounds.Min(round => round.Thread),
            process_evaluations_per_second = evaluations / rounds.Min(round => round.Process),
            time_ratio_median = ratios[ratios.Count / 2],
            time_ratio_best = rounds.Min(round => round.Process) / rounds.Min(round => round.Thread),
            machine = Machine.Description,
        }));
        foreach (var slot in processSlots)
        {
            slot.DisposeAsync().AsTask().Wait();
        }

        return 0;
    }

    // Seconds until every slot has evaluated its batches.
    private static double Evaluate(ISlot[] slots, EvaluationRequest[] batch, int batches)
    {
        var watch = Stopwatch.StartNew();
        var threads = slots.Select(slot => new Thread(() =>
        {
            for (var k = 0; k < batches; k++)
            {
                slot.Evaluate(batch);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return watch.Elapsed.TotalSeconds;
    }
}
