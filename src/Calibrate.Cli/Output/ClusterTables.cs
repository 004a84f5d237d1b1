using Calibrate.Cluster.RabbitMq.Observing;
using Spectre.Console;

namespace Calibrate.Cli.Output;

/// <summary>A cluster as tables.</summary>
internal static class ClusterTables
{
    public static void Write(Terminal terminal, ClusterView view)
    {
        terminal.Output.WriteLine($"Broker {view.Broker}");
        WriteWorkers(terminal, view);
        WriteSessions(terminal, view);
        foreach (var session in view.Sessions)
        {
            terminal.Output.WriteLine($"{session.Session.Run}: {session.Advice.Text}");
            foreach (var refusal in session.Report.Refusals)
            {
                terminal.Output.WriteLine($"{session.Session.Run}: refused {refusal}");
            }

            if (session.Report.Garbage > 0)
            {
                terminal.Output.WriteLine($"{session.Session.Run}: {Figures.Count(session.Report.Garbage)} messages made no sense and were thrown away.");
            }
        }
    }

    private static void WriteWorkers(Terminal terminal, ClusterView view)
    {
        if (view.Workers.Count == 0)
        {
            terminal.Output.WriteLine($"No worker is here. Start some with: calibrate worker --broker {view.Broker}");
            return;
        }

        var table = NewTable("worker", "host", "isolation");
        Right(table, "slots", "busy", "busy %", "eval/s", "evaluations", "children lost");
        foreach (var (here, rate, share) in view.Workers)
        {
            Add(
                table,
                here.Worker.Name,
                here.Host,
                here.Isolation,
                Figures.Count(here.Slots),
                Figures.Count(here.Load.Busy),
                share is { } busy ? Figures.Count(100 * busy) : "-",
                rate is { } perSecond ? Figures.Significant(perSecond, 3) : "-",
                Figures.Count(here.Load.Evaluations),
                Figures.Count(here.Load.Children));
        }

        terminal.Tables.Write(table);
        terminal.Output.WriteLine(
            $"{Figures.Count(view.Workers.Count)} workers, {Figures.Count(view.Workers.Sum(worker => worker.Here.Slots))} slots, "
            + $"{Figures.Count(view.Workers.Sum(worker => worker.Here.Load.Busy))} busy, {Figures.Significant(view.Workers.Sum(worker => worker.EvaluationsPerSecond ?? 0), 3)} eval/s");
    }

    private static void WriteSessions(Terminal terminal, ClusterView view)
    {
        if (view.Sessions.Count == 0)
        {
            terminal.Output.WriteLine("No run is being worked on.");
            return;
        }

        var table = NewTable("run", "status");
        Right(table, "iteration", "steps/s", "ms/eval", "slots", "in flight", "waiting", "queued batches", "again", "hedged", "compared");
        foreach (var (session, report, _) in view.Sessions)
        {
            var queue = view.Queues.FirstOrDefault(queue => queue.Model == report.Model);
            Add(
                table,
                session.ToString(),
                report.Status,
                $"{Figures.Count(Math.Max(0, report.Iteration))} of {Figures.Count(report.Iterations)}",
                Figures.Significant(report.StepsPerSecond, 3),
                report.SecondsPerEvaluation > 0 ? Figures.Significant(1000 * report.SecondsPerEvaluation, 3) : "-",
                Figures.Count(report.Slots),
                Figures.Count(report.InFlight),
                Figures.Count(report.Waiting),
                queue is null ? "-" : Figures.Count(queue.Batches),
                Figures.Count(report.Redispatched),
                Figures.Count(report.Hedged),
                Figures.Count(report.Compared));
        }

        terminal.Tables.Write(table);
    }

    private static Table NewTable(params string[] columns) => new Table { Border = TableBorder.Simple }.AddColumns(columns);

    private static void Right(Table table, params string[] columns) =>
        Array.ForEach(columns, column => table.AddColumn(new TableColumn(column).RightAligned()));

    private static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(Markup.Escape).ToArray());
}
