using System.Globalization;
using System.Text.Json;
using Calibrate.Journal.PostgreSql;
using Calibrate.Journal.Sqlite;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Cluster;

/// <summary>
/// How steadily a run's first ensemble went on, from its journal. "Half-step": the time in which half as many walker steps were settled as there are walkers,
/// wherever it begins; a dataflow has no other half-steps. "Iteration": two half-steps, that is the time between the completion of one iteration and that of
/// the next, where an iteration is complete when the last of its walkers is settled; the dataflow goes on with others while one is held up.
/// Given the iteration after which something went wrong, the worst from there on is compared with the median before.
/// Arguments: folder or postgres:// address of the journal, run, first iteration (10), last iteration before the disturbance (none).
/// </summary>
internal static class IterationTimes
{
    public static int Run(string[] arguments)
    {
        using var ending = new CancellationTokenSource();
        var (place, run) = (arguments[0], RunId.Parse(arguments[1]));
        var first = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 10;
        int? disturbed = arguments.Length > 3 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : null;
        List<double> steps = [];
        var completed = CompletionsAsync(place, run, steps, ending.Token).GetAwaiter().GetResult();
        var walkers = steps.Count / completed.Length;
        var halves = steps.Zip(steps.Skip(walkers / 2), (before, after) => after - before).ToArray();
        var gaps = completed.Zip(completed.Skip(1), (before, after) => after - before).ToArray();

        // The last that ended before: of the half-steps with index + half, of the iterations with index + 1.
        var half = Steadiness.Of(halves, first * walkers, ((disturbed + 1) * walkers) - (walkers / 2));
        var iteration = Steadiness.Of(gaps, first, disturbed);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "iteration-times",
            iterations = gaps.Length,
            walkers,
            disturbed_after_iteration = disturbed,
            half_step_seconds_median = half.Median,
            half_step_seconds_median_afterwards = half.MedianAfterwards,
            half_step_seconds_worst = half.Worst,
            half_step_worst_over_median = half.Worst / half.Median,
            iteration_seconds_median = iteration.Median,
            iteration_seconds_median_afterwards = iteration.MedianAfterwards,
            iteration_seconds_worst = iteration.Worst,
            worst_iteration = iteration.WorstAt + 1,
            iteration_worst_over_median = iteration.Worst / iteration.Median,
            machine = Machine.Description,
        }));
        return 0;
    }

    private readonly record struct Steadiness(double Median, double MedianAfterwards, double Worst, int WorstAt)
    {
        public static Steadiness Of(double[] times, int first, int? disturbed)
        {
            var before = times[first..(disturbed ?? times.Length)];
            var afterwards = disturbed is { } from ? times[from..] : before;
            var worst = afterwards.Max();
            return new(MedianOf(before), MedianOf(afterwards), worst, times.Length - afterwards.Length + Array.IndexOf(afterwards, worst));
        }

        private static double MedianOf(double[] times) => times.Order().ElementAt(times.Length / 2);
    }

    // A dataflow may settle the last walker of an iteration after some of the next: an iteration is complete when it and all before it are.
    private static async Task<double[]> CompletionsAsync(string place, RunId run, List<double> steps, CancellationToken cancellationToken)
    {
        await using IJournal journal = place.StartsWith("postgres", StringComparison.Ordinal)
            ? new PostgreSqlJournal(PostgreSqlAddress.Parse(place), TimeProvider.System)
            : new SqliteJournal(place);
        List<double> settled = [];
        await foreach (var entry in journal.ReadAsync(run, 1, cancellationToken))
        {
            if (RunEventCodec.Decode(entry.Kind, entry.Payload) is not WalkersAdvanced walkers)
            {
                continue;
            }

            foreach (var (id, _) in walkers.Outcomes.Where(outcome => outcome.Id.Ensemble == 0))
            {
                while (settled.Count <= id.Iteration)
                {
                    settled.Add(0);
                }

                settled[id.Iteration] = walkers.Seconds;
                steps.Add(walkers.Seconds);
            }
        }

        for (var i = 1; i < settled.Count; i++)
        {
            settled[i] = Math.Max(settled[i], settled[i - 1]);
        }

        return [.. settled];
    }
}
