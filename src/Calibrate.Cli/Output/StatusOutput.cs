using Calibrate.Runtime.Control;
using Spectre.Console;

namespace Calibrate.Cli.Output;

/// <summary>How a run fares, as lines and tables.</summary>
internal static class StatusOutput
{
    public static void Write(Terminal terminal, RunStatusSnapshot status)
    {
        var output = terminal.Output;
        output.WriteLine($"Run {status.Run} ({status.Problem}): {Words(status)}");
        output.WriteLine($"{Figures.Count(Math.Max(0, status.Iteration))} of {Figures.Count(status.Iterations)} iterations, {Progress(status)}");
        output.WriteLine(
            $"Driven by process {status.Session.Process} on {status.Session.Host}, session {status.Session.Epoch}, engine {status.Session.Engine}"
            + (status.Session.Scheduling.Length > 0 ? $", {status.Session.Scheduling}" : ""));
        if (status.Convergence is { } judged)
        {
            output.WriteLine(
                $"At iteration {Figures.Count(judged.Iteration)}: R-hat {Figures.Rhat(judged.Rhat ?? double.NaN)}{Wanted(status.StopRule.Rhat)}, "
                + $"ESS {Figures.Count(judged.Ess ?? double.NaN)}{Wanted(status.StopRule.Ess)}");
        }

        output.WriteLine(Work(status.Work));
        WriteNodes(terminal, status.Nodes);
        WriteTroubles(terminal, status);
    }

    private static string Words(RunStatusSnapshot status) => status.Status switch
    {
        LiveStatus.Preparing => "getting ready",
        LiveStatus.Running => "running",
        LiveStatus.WaitingForWorkers => "waiting for workers",
        LiveStatus.Stopping => "coming to a stop",
        LiveStatus.Paused => status.Reason,
        LiveStatus.Completed => "completed",
        LiveStatus.Failed => $"failed: {status.Reason}",
        _ => throw new ArgumentException($"There is no word for {status.Status}.", nameof(status)),
    };

    private static string Progress(RunStatusSnapshot status)
    {
        List<string> parts = [$"{Figures.Count(status.StepsPerSecond)} steps/s"];
        if (status.Acceptance is { } acceptance)
        {
            parts.Add($"acceptance {Figures.Significant(acceptance, 2)}");
        }

        parts.Add($"{Figures.Count(status.Evaluations)} evaluations");
        if (status.SecondsPerEvaluation is { } seconds)
        {
            parts.Add($"{Figures.Significant(1000 * seconds, 3)} ms each");
        }

        parts.Add($"{Figures.Duration(TimeSpan.FromSeconds(status.Seconds))} so far");
        if (status.SecondsLeft is { } left)
        {
            parts.Add($"{Figures.Duration(TimeSpan.FromSeconds(Math.Min(left, TimeSpan.MaxValue.TotalSeconds / 2)))} left");
        }

        return string.Join(", ", parts);
    }

    private static string Wanted(double? target) => target is { } wanted ? $" (wanted {Figures.Significant(wanted, 4)})" : "";

    private static string Work(WorkSnapshot work) =>
        $"{Figures.Count(work.Slots)} slots, {Figures.Count(work.InFlight)} evaluations in {Figures.Count(work.BatchesInFlight)} batches under way, "
        + $"{Figures.Count(work.Waiting)} wait"
        + (work.QueuedBatches is { } queued ? $", {Figures.Count(queued)} batches queued" : "")
        + (work.Hedged > 0 ? $", {Figures.Count(work.Hedged)} hedged" : "")
        + (work.Redispatched > 0 ? $", {Figures.Count(work.Redispatched)} handed out again" : "")
        + (work.Compared > 0 ? $", {Figures.Count(work.Compared)} compared" : "");

    private static void WriteNodes(Terminal terminal, IReadOnlyList<NodeSnapshot> nodes)
    {
        if (nodes.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("node", "host", "isolation");
        foreach (var column in (string[])["slots", "busy", "busy %", "eval/s", "evaluations"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var node in nodes)
        {
            table.AddRow(new[]
            {
                node.Name,
                node.Host,
                node.Isolation,
                Figures.Count(node.SlotCount),
                Figures.Count(node.BusySlots),
                node.BusyShare is { } share ? Figures.Count(100 * share) : "-",
                node.EvaluationsPerSecond is { } rate ? Figures.Significant(rate, 3) : "-",
                Figures.Count(node.Evaluations),
            }.Select(Markup.Escape).ToArray());
        }

        terminal.Tables.Write(table);
    }

    private static void WriteTroubles(Terminal terminal, RunStatusSnapshot status)
    {
        foreach (var (kind, count) in status.Failures)
        {
            terminal.Output.WriteLine($"{Figures.Count(count)} failed: {kind}");
        }

        foreach (var verdict in status.Verdicts)
        {
            terminal.Output.WriteLine($"{Figures.Count(verdict.Count)} exceeded a limit ({verdict.Kind}) and {(verdict.Rejected ? "were rejected" : "paused the run")}");
        }

        foreach (var refusal in status.Refusals)
        {
            terminal.Output.WriteLine($"Refused {refusal.Worker}: {refusal.Reason}");
        }
    }
}
