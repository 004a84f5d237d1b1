using Calibrate.Runtime.Coordination;

namespace Calibrate.Dashboard.Projections;

/// <summary>How fast a run is, from its journal alone: walker steps and active time of the last look against those some time before.</summary>
internal sealed class RunPace
{
    private const double WindowSeconds = 20;

    private readonly Queue<(double Seconds, long Steps, int Iteration)> looks = new();
    private (double Seconds, long Steps, int Iteration) last;

    /// <summary>Walker steps per second of active time; 0 while it is not known.</summary>
    public double StepsPerSecond => Elapsed > 0 ? (last.Steps - looks.Peek().Steps) / Elapsed : 0;

    private double Elapsed => looks.Count > 0 ? last.Seconds - looks.Peek().Seconds : 0;

    /// <summary>Takes notice of a look.</summary>
    public void Note(RunState state)
    {
        last = (state.Seconds, state.WalkerSteps, state.CommonIteration);
        if (looks.Count > 0 && looks.Peek() is var first && (last.Seconds < first.Seconds || last.Steps < first.Steps))
        {
            looks.Clear();
        }

        looks.Enqueue(last);
        while (looks.Count > 2 && Elapsed > WindowSeconds)
        {
            looks.Dequeue();
        }
    }

    /// <summary>Seconds to the last iteration, or to the target effective sample size if that comes first; null while it is not known.</summary>
    public double? SecondsLeft(RunState state)
    {
        var perSecond = Elapsed > 0 ? (last.Iteration - looks.Peek().Iteration) / Elapsed : 0;
        double end = state.StopRule.Iterations;
        if (state.AwaitsConvergence && state.StopRule.Ess is { } target && state.LastJudgement is { Ess: > 0 } judged)
        {
            end = Math.Min(end, judged.Iteration * target / judged.Ess);
        }

        return perSecond > 0 ? Math.Max(0, end - last.Iteration) / perSecond : null;
    }
}
