using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Targets;

/// <summary>Chooses the values of a target that are compared and those of its reference, and finds them on the model's axis.</summary>
internal sealed class TargetSelection
{
    /// <summary>Most mistakes that are reported about the rows of one target; more would only bury the first.</summary>
    private const int RowMistakeLimit = 5;

    private readonly Target target;
    private readonly OutputSignature output;
    private readonly string path;
    private readonly List<(int Index, ProblemError Error)> rowMistakes = [];

    private TargetSelection(Target target, OutputSignature output, string path)
    {
        this.target = target;
        this.output = output;
        this.path = path;
    }

    /// <summary>Indexes of the compared values.</summary>
    public int[] Used { get; private set; } = [];

    /// <summary>Indexes of the values in the reference period.</summary>
    public int[] Reference { get; private set; } = [];

    /// <summary>Position on the output's axis of every value in use or in the reference; -1 for others.</summary>
    public int[] AxisPositions { get; private set; } = [];

    /// <summary>Selects. Null when nothing could be selected; bad rows are kept for <see cref="Report"/>.</summary>
    public static TargetSelection? Of(Target target, OutputSignature output, string path, Mistakes mistakes)
    {
        TargetSelection selection = new(target, output, path);
        if (!selection.CheckShapes(mistakes))
        {
            return null;
        }

        selection.CheckOrder();
        if (selection.rowMistakes.Count == 0)
        {
            selection.Select(mistakes);
        }

        if (selection.Used.Length > 0)
        {
            return selection;
        }

        selection.Report(mistakes);
        return null;
    }

    /// <summary>Adds a mistake about one value.</summary>
    public void Reject(string column, int index, string found, string expected) => rowMistakes.Add((index, ErrorAt(column, index, found, expected)));

    /// <summary>Reports the mistakes about single values, in their order.</summary>
    public void Report(Mistakes mistakes) =>
        mistakes.AddAll(rowMistakes.OrderBy(m => m.Index).Take(RowMistakeLimit).Select(m => m.Error));

    /// <summary>The error about one value, at its line of the data file or its place in the problem.</summary>
    private ProblemError ErrorAt(string column, int index, string found, string expected) => target.Origin is { Lines.Count: > 0 } origin
        ? new ProblemError($"{path}.file", found, expected) { DataPlace = Mistakes.Place(origin.File, origin.Lines[index], 0) }
        : new ProblemError($"{path}.{column}[{index}]", found, expected);

    private double TimeOf(int index) => target.Times?[index] ?? 0;

    private bool CheckShapes(Mistakes mistakes)
    {
        if (target.Values.Count == 0)
        {
            mistakes.Add(path, "no data", "at least one value");
        }
        else if (output.Axis is null && target.Values.Count != 1)
        {
            mistakes.Add(path, $"{target.Values.Count} values", $"1, because the output '{output.Name}' is a single number");
        }
        else if (output.Axis is not null && target.Times is null)
        {
            mistakes.Add(path, "no times", $"a time for each value, because the output '{output.Name}' is a series");
        }

        CheckLength(mistakes, "times", target.Times?.Count);
        CheckLength(mistakes, "sigmas", target.Sigmas?.Count);
        CheckLength(mistakes, "weights", target.Weights?.Count);
        CheckLength(mistakes, "covariance", target.Covariance?.Count);
        if (target.Covariance?.FirstOrDefault(row => row.Length != target.Values.Count) is { } ragged)
        {
            mistakes.Add($"{path}.covariance", $"a row of {ragged.Length} numbers", $"{target.Values.Count}, one per value");
        }

        return !mistakes.Has(path);
    }

    private void CheckLength(Mistakes mistakes, string key, int? length)
    {
        if (length is { } count && count != target.Values.Count)
        {
            mistakes.Add($"{path}.{key}", $"{count} {(count == 1 ? "entry" : "entries")}", $"{target.Values.Count}, one per value");
        }
    }

    private void CheckOrder()
    {
        for (int i = 0; target.Times is not null && i < target.Times.Count; i++)
        {
            double time = target.Times[i];
            if (!double.IsFinite(time))
            {
                Reject("times", i, $"time {NumberText.Of(time)}", "a finite time");
            }
            else if (i > 0 && time == target.Times[i - 1])
            {
                Reject("times", i, $"time {NumberText.Of(time)} a second time", "each time once");
            }
            else if (i > 0 && time < target.Times[i - 1])
            {
                Reject("times", i, $"time {NumberText.Of(time)} after {NumberText.Of(target.Times[i - 1])}", "times in ascending order");
            }
        }
    }

    private void Select(Mistakes mistakes)
    {
        AxisPositions = new int[target.Values.Count];
        AxisPositions.AsSpan().Fill(-1);
        Used = [.. Enumerable.Range(0, target.Values.Count).Where(IsUsed)];
        Reference = target.Reference is { } period && output.Axis is not null
            ? [.. Enumerable.Range(0, target.Values.Count).Where(i => period.Contains(TimeOf(i)) && !IsMasked(i))]
            : [];
        if (Used.Length == 0)
        {
            mistakes.Add(path, "no value left after from, to and mask", "at least one value to compare");
        }

        if (target.Reference is { } asked && Reference.Length == 0)
        {
            mistakes.Add($"{path}.reference", Text(asked), output.Axis is null
                ? "no reference, because the output is a single number"
                : $"a period with data, which cover {NumberText.Of(TimeOf(0))} to {NumberText.Of(TimeOf(target.Values.Count - 1))}");
        }

        foreach (int i in Used.Union(Reference).Order())
        {
            Locate(i);
        }
    }

    private bool IsUsed(int i) => output.Axis is null || (target.Range.Contains(TimeOf(i)) && !IsMasked(i));

    private bool IsMasked(int i) => target.Mask.Any(m => m.Contains(TimeOf(i))) || (target.Weights?[i] == 0);

    private void Locate(int i)
    {
        if (!double.IsFinite(target.Values[i]))
        {
            Reject("values", i, double.IsNaN(target.Values[i]) ? "a missing value" : "an infinite value", "a finite number, or a mask over it");
            return;
        }

        if (output.Axis is not { } axis)
        {
            AxisPositions[i] = 0;
            return;
        }

        double time = TimeOf(i);
        int position = Nearest(axis, time);
        if (Math.Abs(axis[position] - time) <= 1e-9 * Math.Max(1, Math.Abs(time)))
        {
            AxisPositions[i] = position;
        }
        else if (time < axis[0] || time > axis[^1])
        {
            Reject("times", i, $"time {NumberText.Of(time)}", $"a time within the model's span for '{output.Name}', {NumberText.Of(axis[0])} to {NumberText.Of(axis[^1])} (limit the data with from and to)");
        }
        else
        {
            Reject("times", i, $"time {NumberText.Of(time)}", $"a time of the model's output '{output.Name}', such as {NumberText.Of(axis[position])} (shift the data with time_offset)");
        }
    }

    private static int Nearest(IReadOnlyList<double> axis, double time)
    {
        int low = 0;
        int high = axis.Count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (axis[middle] < time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && time - axis[low - 1] < axis[low] - time ? low - 1 : low;
    }

    private static string Text(Support period) => $"[{NumberText.Of(period.Lower)}, {NumberText.Of(period.Upper)}]";
}
