using System.Globalization;

namespace Calibrate.Runtime.Cluster;

/// <summary>How long a run still takes, and what more slots would change. A pure function of a session's report.</summary>
/// <remarks>
/// <para>
/// No schedule finishes sooner than work / slots, nor sooner than the span, the longest chain of steps that wait for each other (the work and
/// span laws; R. D. Blumofe and C. E. Leiserson, "Scheduling multithreaded computations by work stealing", J. ACM 46 (1999) 720-748). With U = work /
/// span, the slots that the run could keep busy on average, the throughput of n slots is at most min(n, U) slots' worth.
/// </para>
/// <para>
/// A run reports the width of its dependency graph, the most evaluations that were under way or ready at once. On average fewer are: U is 0.42 of
/// that. The dataflow scheduler comes close to the bound and rounds its corner: n / (1 + (n / U)^8)^(1/8). Both constants are fitted to
/// simulations like those of <c>docs/scaling.md</c>, log-normal times with sigma 1, of 1 x 32, 1 x 64, 4 x 32 and 4 x 160 walkers on a sixteenth
/// to all of as many slots. The curve is a rule of thumb, best where slots are well fed; what it gives is scaled to the rate that is
/// measured now, so that it need only be right about ratios.
/// </para>
/// </remarks>
/// <param name="SecondsLeft">Seconds until the stop rule's last iteration with the slots there are; null when nothing is known.</param>
/// <param name="RecommendedSlots">
/// Slots up to which another one adds at least half of its work; the present number when more would not help.
/// </param>
/// <param name="SecondsLeftThen">Seconds with the recommended number; null when nothing is known.</param>
/// <param name="Text">All of it in one line for the operator, for example <c>8 more slots: 41 min -&gt; 14 min</c>.</param>
public sealed record ScalingAdvice(double? SecondsLeft, int RecommendedSlots, double? SecondsLeftThen, string Text)
{
    /// <summary>Evaluations per second that one coordinator journals (<c>docs/scaling.md</c>): no number of slots makes more.</summary>
    public const double MostEvaluationsPerSecond = 300_000;

    private const double AverageOfWidth = 0.42;
    private const double Sharpness = 8;

    // Slots that are busy less than half as much as the curve says wait for something that more of them do not cure.
    private const double OverheadShare = 0.5;

    // Starting a worker takes some seconds: it is not worth while for a run that is nearly there.
    private const double ShortRunSeconds = 60;

    /// <summary>How many slots' worth of work some slots do.</summary>
    /// <param name="slots">Number of slots.</param>
    /// <param name="usefulSlots">Slots that the run could keep busy on average.</param>
    public static double Throughput(int slots, double usefulSlots) =>
        slots <= 0 || usefulSlots <= 0 ? 0 : slots / Math.Pow(1 + Math.Pow(slots / usefulSlots, Sharpness), 1 / Sharpness);

    /// <summary>Advises.</summary>
    /// <param name="report">How the session fares.</param>
    public static ScalingAdvice For(SessionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Steps <= 0)
        {
            return new ScalingAdvice(0, report.Slots, 0, "Nothing is left to evaluate.");
        }

        var useful = Useful(report);
        var best = Math.Max(1, (int)Math.Floor(useful));
        var left = SecondsWith(report, report.Slots, useful);
        if (report.Slots == 0)
        {
            var then = useful > 0 ? SecondsWith(report, best, useful) : null;
            return new ScalingAdvice(null, useful > 0 ? best : 0, then, then is { } seconds
                ? Say($"No slots. With {best}: about {Duration(seconds)}.")
                : "No slots yet: start workers.");
        }

        if (left is not { } now)
        {
            return new ScalingAdvice(null, report.Slots, null, "No rate is measured yet.");
        }

        if (Busy(report) is { } busy && busy < OverheadShare * Throughput(report.Slots, useful) / report.Slots)
        {
            return new ScalingAdvice(now, report.Slots, now, Say(
                $"{Duration(now)} left. The slots are busy {busy:P0} of the time and more of them would not help: look at the network, the journal, and other runs of the same workers."));
        }

        if (useful <= 0 || now < ShortRunSeconds)
        {
            return new ScalingAdvice(now, report.Slots, now, $"{Duration(now)} left.");
        }

        if (best <= report.Slots)
        {
            return new ScalingAdvice(now, best, SecondsWith(report, best, useful), Say(
                $"{Duration(now)} left. More slots would idle: the run keeps about {best} busy."));
        }

        var more = best - report.Slots;
        var sooner = SecondsWith(report, best, useful);
        return new ScalingAdvice(now, best, sooner, Say(
            $"{more} more {(more == 1 ? "slot" : "slots")}: {Duration(now)} -> {Duration(sooner ?? now)}"));
    }

    /// <summary>Seconds left with another number of slots; null when nothing is known.</summary>
    /// <param name="report">How the session fares.</param>
    /// <param name="slots">The number of slots.</param>
    public static double? SecondsWith(SessionReport report, int slots)
    {
        ArgumentNullException.ThrowIfNull(report);
        return SecondsWith(report, slots, Useful(report));
    }

    private static double? SecondsWith(SessionReport report, int slots, double useful)
    {
        var curve = useful > 0 ? useful : report.Slots;
        var rate = report is { StepsPerSecond: > 0, Slots: > 0 }
            ? report.StepsPerSecond * Throughput(slots, curve) / Throughput(report.Slots, curve)
            : report.SecondsPerEvaluation > 0 ? Throughput(slots, curve) / report.SecondsPerEvaluation : 0;
        return rate > 0 ? report.Steps / rate : null;
    }

    private static double Useful(SessionReport report)
    {
        var average = report.UsefulSlots > 0 ? Math.Max(1, AverageOfWidth * report.UsefulSlots) : 0;
        return report.SecondsPerEvaluation > 0 ? Math.Min(average, MostEvaluationsPerSecond * report.SecondsPerEvaluation) : average;
    }

    // Steps that the prior rejects are free, so this says too much rather than too little.
    private static double? Busy(SessionReport report) => report is { StepsPerSecond: > 0, SecondsPerEvaluation: > 0, Slots: > 0 }
        ? Math.Min(1, report.StepsPerSecond * report.SecondsPerEvaluation / report.Slots)
        : null;

    private static string Duration(double seconds)
    {
        var minutes = (long)Math.Round(Math.Min(seconds, 1e12) / 60);
        return seconds switch
        {
            < 1 => "less than 1 s",
            < 99.5 => Say($"{seconds:F0} s"),
            < 99.5 * 60 => Say($"{minutes} min"),
            < 48 * 3600 => Say($"{minutes / 60} h {minutes % 60} min"),
            _ => Say($"{minutes / 1440} d {minutes % 1440 / 60} h"),
        };
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
