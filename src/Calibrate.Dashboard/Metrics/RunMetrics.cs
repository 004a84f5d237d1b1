using Calibrate.Dashboard.Projections;

namespace Calibrate.Dashboard.Metrics;

/// <summary>The metrics of a dashboard: every run by its name, from its journal alone.</summary>
internal static class RunMetrics
{
    private static readonly string[] Statuses = ["running", "paused", "completed", "failed", "unstarted", "unreadable"];

    /// <summary>Writes them.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="watchers">Pages that watch a run.</param>
    public static string Write(IReadOnlyList<RunView> runs, int watchers)
    {
        var text = new PrometheusText();
        text.Family("calibrate_dashboard_watchers", "gauge", "Pages that watch a run.").Sample("calibrate_dashboard_watchers", watchers);
        text.Family("calibrate_run_status", "gauge", "1 for the status that a run has, 0 for the others.");
        foreach (var run in runs)
        {
            foreach (var status in Statuses)
            {
                text.Sample("calibrate_run_status", run.Status == status ? 1 : 0, ("run", run.Run), ("status", status));
            }
        }

        Write(text, runs, "calibrate_run_iteration", "gauge", "Last iteration that all ensembles share.", run => run.Iteration);
        Write(text, runs, "calibrate_run_iterations", "gauge", "Iterations at which the run ends at the latest.", run => run.Iterations);
        Write(text, runs, "calibrate_run_walker_steps_total", "counter", "Journaled walker steps.", run => run.WalkerSteps);
        Write(text, runs, "calibrate_run_evaluations_total", "counter", "Journaled evaluations.", run => run.Evaluations);
        Write(text, runs, "calibrate_run_active_seconds_total", "counter", "Active time of the run over all its sessions.", run => run.Seconds);
        Write(text, runs, "calibrate_run_acceptance_ratio", "gauge", "Accepted share of the walker steps.", run => run.Acceptance);
        Write(text, runs, "calibrate_run_steps_per_second", "gauge", "Walker steps per second of active time, recently.", run => run.StepsPerSecond);
        Write(text, runs, "calibrate_run_rhat", "gauge", "Largest R-hat at the last judgement of convergence; NaN before.", run => run.Judged?.Rhat ?? double.NaN);
        Write(text, runs, "calibrate_run_ess", "gauge", "Smallest effective sample size at the last judgement of convergence; NaN before.", run => run.Judged?.Ess ?? double.NaN);
        Write(text, runs, "calibrate_run_workers", "gauge", "Admitted workers of a cluster.", run => run.Workers.Count);
        Write(text, runs, "calibrate_run_slots", "gauge", "Slots of the admitted workers.", run => run.Workers.Sum(worker => worker.Slots));
        Write(text, runs, "calibrate_run_refusals_total", "counter", "Workers that were turned away.", run => run.RefusalCount);
        Write(text, runs, "calibrate_run_disagreements_total", "counter", "Evaluations that had different outcomes on two workers.", run => run.Disagreements);
        text.Family("calibrate_run_failures_total", "counter", "Failed evaluations by kind.");
        foreach (var run in runs)
        {
            foreach (var (kind, count) in run.Failures)
            {
                text.Sample("calibrate_run_failures_total", count, ("run", run.Run), ("kind", kind));
            }
        }

        return text.ToString();
    }

    private static void Write(PrometheusText text, IReadOnlyList<RunView> runs, string name, string type, string help, Func<RunView, double> value)
    {
        text.Family(name, type, help);
        foreach (var run in runs)
        {
            text.Sample(name, value(run), ("run", run.Run));
        }
    }
}
