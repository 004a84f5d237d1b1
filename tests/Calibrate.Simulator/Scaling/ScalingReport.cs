using System.Globalization;
using System.Text;

namespace Calibrate.Simulator.Scaling;

/// <summary>Puts what was simulated into <c>docs/scaling.md</c>, between the markers of each table, and draws the figure.</summary>
public static class ScalingReport
{
    /// <summary>Runs everything and writes it.</summary>
    /// <param name="docs">The folder with <c>scaling.md</c>.</param>
    /// <param name="progress">Told of every line.</param>
    public static void Write(string docs, Action<string> progress)
    {
        var path = Path.Combine(docs, "scaling.md");
        var text = File.ReadAllText(path);
        List<ScalingPoint> points = [];
        text = Replace(text, "one-ensemble", OneEnsemble(progress));
        text = Replace(text, "prefetch", Prefetch(progress));
        text = Replace(text, "walkers", Walkers(progress));
        text = Replace(text, "slots", Slots(points, progress));
        Directory.CreateDirectory(Path.Combine(docs, "figures"));
        File.WriteAllText(Path.Combine(docs, "figures", "scaling.svg"), ScalingFigure.Draw(points));
        File.WriteAllText(path, text);
    }

    /// <summary>Replaces what stands between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.</summary>
    /// <exception cref="InvalidDataException">The text lacks the markers.</exception>
    internal static string Replace(string text, string name, string table)
    {
        string opening = $"<!-- {name} -->", closing = $"<!-- /{name} -->";
        int from = text.IndexOf(opening, StringComparison.Ordinal), to = text.IndexOf(closing, StringComparison.Ordinal);
        return from >= 0 && to > from
            ? string.Concat(text.AsSpan(0, from + opening.Length), "\n", table, text.AsSpan(to))
            : throw new InvalidDataException($"The document lacks the markers {opening} and {closing}.");
    }

    private static string OneEnsemble(Action<string> progress)
    {
        var table = new Table(progress, "walkers", "slots", "iterations", "efficiency: list scheduler", "dataflow", "barrier", "dataflow / barrier", "dataflow / list scheduler", "repeated");
        foreach (var scenario in ScalingStudy.OneEnsemble)
        {
            var (ideal, dataflow, barrier) = ScalingStudy.Compare(scenario);
            table.Add(
                $"{scenario.Walkers}", $"{scenario.Slots}", $"{scenario.Iterations}", Ratio(ideal.Efficiency), Ratio(dataflow.Efficiency), Ratio(barrier.Efficiency),
                Ratio(dataflow.Throughput / barrier.Throughput), Ratio(dataflow.Throughput / ideal.Throughput), Percent(dataflow));
        }

        return table.Text;
    }

    private static string Slots(List<ScalingPoint> points, Action<string> progress)
    {
        var table = new Table(
            progress, "median", "slots", "ensembles x walkers", "iterations", "efficiency: list scheduler", "dataflow", "barrier", "dataflow / barrier", "evaluations/s: dataflow", "barrier", "repeated");
        foreach (var median in (double[])[0.005, 0.05])
        {
            foreach (var scenario in ScalingStudy.ManySlots(median))
            {
                var (ideal, dataflow, barrier) = ScalingStudy.Compare(scenario);
                points.Add(new ScalingPoint(median, scenario.Slots, ideal, dataflow, barrier));
                table.Add(
                    Milliseconds(median), Count(scenario.Slots), $"{scenario.Ensembles} x {scenario.Walkers}", $"{scenario.Iterations}",
                    Ratio(ideal.Efficiency), Ratio(dataflow.Efficiency), Ratio(barrier.Efficiency), Ratio(dataflow.Throughput / barrier.Throughput),
                    Count(dataflow.Throughput), Count(barrier.Throughput), Percent(dataflow));
            }
        }

        return table.Text;
    }

    private static string Walkers(Action<string> progress)
    {
        var table = new Table(progress, "walkers per slot", "ensembles x walkers", "efficiency: list scheduler", "dataflow", "barrier");
        foreach (var scenario in ScalingStudy.ManyWalkers)
        {
            var (ideal, dataflow, barrier) = ScalingStudy.Compare(scenario);
            table.Add(
                Ratio((double)(scenario.Ensembles * scenario.Walkers) / scenario.Slots), $"{scenario.Ensembles} x {scenario.Walkers}",
                Ratio(ideal.Efficiency), Ratio(dataflow.Efficiency), Ratio(barrier.Efficiency));
        }

        return table.Text;
    }

    private static string Prefetch(Action<string> progress)
    {
        var table = new Table(progress, "median", "latency, one way", "deliveries held per slot", "efficiency of the dataflow");
        foreach (var scenario in ScalingStudy.Prefetch)
        {
            table.Add(Milliseconds(scenario.Times.Median), Milliseconds(scenario.Latency), $"{scenario.HeldPerSlot:0.0}", Ratio(ScalingRun.Run(scenario).Efficiency));
        }

        return table.Text;
    }

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{1000 * seconds:0.#} ms");

    private static string Percent(ScalingResult result) =>
        string.Create(CultureInfo.InvariantCulture, $"{100.0 * result.Repeated / result.Evaluations:0.0} %");

    private sealed class Table
    {
        private readonly StringBuilder text = new();
        private readonly Action<string> progress;

        public Table(Action<string> progress, params string[] columns)
        {
            this.progress = progress;
            Add(columns);
            text.Append('|').Insert(text.Length, "---|", columns.Length).Append('\n');
        }

        public string Text => text.ToString();

        public void Add(params string[] cells)
        {
            var line = $"| {string.Join(" | ", cells)} |";
            text.Append(line).Append('\n');
            progress(line);
        }
    }
}

/// <summary>One number of slots in the figure.</summary>
/// <param name="Median">Median evaluation time in seconds.</param>
/// <param name="Slots">Slots.</param>
/// <param name="Ideal">The list scheduler.</param>
/// <param name="Dataflow">The dataflow scheduler.</param>
/// <param name="Barrier">The barrier.</param>
public sealed record ScalingPoint(double Median, int Slots, ScalingResult Ideal, ScalingResult Dataflow, ScalingResult Barrier);
