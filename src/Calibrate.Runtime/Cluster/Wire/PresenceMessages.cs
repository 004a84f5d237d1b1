namespace Calibrate.Runtime.Cluster.Wire;

/// <summary>Who is here and how they fare.</summary>
internal static class PresenceMessages
{
    public static Protobuf.WorkerHere From(WorkerHere here)
    {
        var message = new Protobuf.WorkerHere
        {
            Worker = here.Worker.Name,
            Host = Fields.Shortened(here.Host, Fields.LongestName),
            Process = here.Process,
            Slots = here.Slots,
            Isolation = here.Isolation,
            Platform = Fields.From(here.Platform),
            Build = here.Build,
            Busy = here.Load.Busy,
            Evaluations = here.Load.Evaluations,
            BusySeconds = here.Load.BusySeconds,
            Children = here.Load.Children,
        };
        message.Sessions.Add(here.Sessions.TakeLast(Fields.MostLines).Select(Fields.From));
        return message;
    }

    public static WorkerHere ToMessage(Protobuf.WorkerHere message)
    {
        Fields.Count(message.Sessions.Count, Fields.MostLines);
        return new WorkerHere(
            Fields.Worker(message.Worker),
            Fields.Text(message.Host, Fields.LongestName),
            message.Process,
            Fields.Count(message.Slots, Fields.MostSlots),
            Fields.Text(message.Isolation, Fields.LongestName),
            Fields.Platform(message.Platform),
            Fields.Text(message.Build, Fields.LongestName),
            new WorkerLoad(
                Fields.Count(message.Busy, Fields.MostSlots),
                Fields.Total(message.Evaluations),
                Fields.Amount(message.BusySeconds),
                Fields.Total(message.Children)),
            [.. message.Sessions.Select(Fields.Session)]);
    }

    public static Protobuf.SessionHere From(SessionHere here)
    {
        var report = here.Report;
        var message = new Protobuf.SessionHere
        {
            Session = Fields.From(here.Session),
            Problem = Fields.Shortened(report.Problem, Fields.LongestName),
            Model = Fields.From(report.Model),
            Status = report.Status,
            Iteration = report.Iteration,
            Iterations = report.Iterations,
            Steps = report.Steps,
            StepsPerSecond = report.StepsPerSecond,
            SecondsPerEvaluation = report.SecondsPerEvaluation,
            Slots = report.Slots,
            UsefulSlots = report.UsefulSlots,
            InFlight = report.InFlight,
            Waiting = report.Waiting,
            Redispatched = report.Redispatched,
            Hedged = report.Hedged,
            Compared = report.Compared,
            Garbage = report.Garbage,
        };
        message.Refusals.Add(report.Refusals.Take(Fields.MostLines).Select(line => Fields.Shortened(line)));
        return message;
    }

    public static SessionHere ToMessage(Protobuf.SessionHere message)
    {
        Fields.Count(message.Refusals.Count, Fields.MostLines);
        return new SessionHere(
            Fields.Session(message.Session),
            new SessionReport(
                Fields.Text(message.Problem, Fields.LongestName),
                Fields.Model(message.Model),
                Fields.Text(message.Status, Fields.LongestName),
                message.Iteration,
                Fields.Count(message.Iterations, int.MaxValue),
                Fields.Total(message.Steps),
                Fields.Amount(message.StepsPerSecond),
                Fields.Amount(message.SecondsPerEvaluation),
                Fields.Count(message.Slots, int.MaxValue),
                Fields.Count(message.UsefulSlots, int.MaxValue),
                Fields.Count(message.InFlight, int.MaxValue),
                Fields.Count(message.Waiting, int.MaxValue),
                Fields.Total(message.Redispatched),
                Fields.Total(message.Hedged),
                Fields.Total(message.Compared),
                [.. message.Refusals.Select(line => Fields.Text(line, Fields.LongestReason))],
                Fields.Total(message.Garbage)));
    }
}
