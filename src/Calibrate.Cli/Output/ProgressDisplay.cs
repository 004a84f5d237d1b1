using Calibrate.Runtime;

namespace Calibrate.Cli.Output;

/// <summary>Shows a run while it goes on: a live bar on a terminal, a plain line now and then elsewhere.</summary>
internal abstract class ProgressDisplay : IRunObserver, IDisposable
{
    public static ProgressDisplay For(Terminal terminal, bool quiet, bool verbose, TimeProvider clock) =>
        quiet ? new NoProgress()
        : terminal.Interactive ? new LiveProgress(terminal, verbose)
        : new PlainProgress(terminal, verbose, clock);

    public abstract void OnBegin(RunBeginning beginning);

    public abstract void OnProgress(RunProgress progress);

    /// <summary>Shows a line about what happens around the run. Safe for any thread.</summary>
    public abstract void Note(string line);

    public virtual void Dispose()
    {
    }

    protected static void WriteBeginning(TextWriter writer, RunBeginning beginning, bool verbose)
    {
        var identity = beginning.Identity;
        writer.WriteLine(beginning.Resumed
            ? $"Run '{identity.Run}': resumed after iteration {Math.Max(0, beginning.Iteration)} of {beginning.StopRule.Iterations}."
            : $"Run '{identity.Run}': {identity.Ensembles} x {identity.Walkers} walkers in {identity.Dimension} dimensions, {beginning.StopRule.Iterations} iterations, seed {identity.Seed}.");
        if (verbose)
        {
            var microseconds = Figures.Significant(beginning.SecondsPerEvaluation * 1e6, 3);
            writer.WriteLine($"{beginning.Slots} slots, scheduling: {beginning.Scheduling}, about {microseconds} us per evaluation.");
        }
    }

    /// <summary>The changing part of a progress line.</summary>
    internal static string Describe(RunProgress progress)
    {
        if (progress.Status == RunStatus.Paused)
        {
            return "paused";
        }

        List<string> parts = [$"{Figures.Count(progress.StepsPerSecond)} steps/s"];
        if (progress.WaitsForWorkers)
        {
            parts = ["waiting for workers"];
        }
        else if (progress.Workers > 0)
        {
            parts.Add($"{Figures.Count(progress.Workers)} workers, {Figures.Count(progress.Slots)} slots");
        }

        if (double.IsFinite(progress.Acceptance))
        {
            parts.Add($"acceptance {Figures.Significant(progress.Acceptance, 2)}");
        }

        if (double.IsFinite(progress.Rhat))
        {
            parts.Add($"R-hat {Figures.Rhat(progress.Rhat)}");
        }

        if (double.IsFinite(progress.Ess))
        {
            parts.Add($"ESS {Figures.Count(progress.Ess)}");
        }

        if (progress.Failures > 0)
        {
            parts.Add($"{Figures.Count(progress.Failures)} failed");
        }

        if (progress.Remaining is { TotalSeconds: > 0.5 } remaining)
        {
            parts.Add($"{Figures.Duration(remaining)} left");
        }

        return string.Join(", ", parts);
    }

    private sealed class NoProgress : ProgressDisplay
    {
        public override void OnBegin(RunBeginning beginning)
        {
        }

        public override void OnProgress(RunProgress progress)
        {
        }

        public override void Note(string line)
        {
        }
    }
}
