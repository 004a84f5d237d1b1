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
/// wherever it begins; a dataflow has no other half-steps. "Iteration": the time between the completion of one iteration and that of the next, where
/// an iteration is complete when the last of its walkers is settled; the dataflow goes on with others while one is held up.
/// Arguments: folder or postgres:// address of the journal, run, first iteration (10).
/// </summary>
internal static class IterationTimes
{
    public static int Run(string[] arguments)
    {
        using var ending = new CancellationTokenSource();
        var (place, run) = (arguments[0], RunId.Parse(arguments[1]));
        var first = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 10;
        List<double> steps = [];
        var completed = CompletionsAsync(place, run, steps, ending.Token).GetAwaiter().GetResult();
        var walkers = steps.Count / completed.Length;
        var halves = steps.Skip(first * walkers).Zip(steps.Skip((first * walkers) + (walkers / 2)), (before, after) => after - before).ToArray();
        var gaps = completed.Zip(completed.Skip(1), (before, after) => after - before).Skip(first).ToArray();
        var worst = Array.IndexOf(gaps, gaps.Max());
        var median = gaps.Order().ElementAt(gaps.Length / 2);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "iteration-times",
            iterations = gaps.Length,
            half_step_seconds_median = halves.Order().ElementAt(halves.Length / 2),
            half_step_seconds_worst = halves.Max(),
            half_step_worst_over_median = halves.Max() / halves.Order().ElementAt(halves.Length / 2),
            iteration_seconds_median = median,
            iteration_seconds_worst = gaps[worst],
            worst_iteration = worst + first + 1,
            iteration_worst_over_median = gaps[worst] / median,
            machine = Machine.Description,
        }));
        return 0;
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
