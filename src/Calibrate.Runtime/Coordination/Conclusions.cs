using Calibrate.Inference;

namespace Calibrate.Runtime.Coordination;

/// <summary>What follows from a run's state by itself, whatever command led to it: cuts, ends and failures.</summary>
internal static class Conclusions
{
    /// <summary>The next events that follow; none when the state is at rest.</summary>
    public static IReadOnlyList<RunEvent> Draw(RunState state, Session session, double now)
    {
        if (state.Status != RunStatus.Running)
        {
            return [];
        }

        List<RunEvent>? cuts = null;
        for (var i = 0; i < state.Ensembles.Count; i++)
        {
            var ensemble = state.Ensembles[i];
            if (ensemble.Live?.Refusal is { } refusal)
            {
                return [new RunFailed(refusal, now)];
            }

            if (MustCut(state, session, ensemble, now))
            {
                (cuts ??= []).Add(new IterationsAdvanced(ensemble.Live!.PeekBlock(), now));
            }
        }

        return cuts is not null ? cuts
            : End(state, session, now) is { } end ? [end]
            : [];
    }

    private static bool MustCut(RunState state, Session session, EnsembleState ensemble, double now)
    {
        if (session.Dispatcher is null || ensemble.Live is not { HasBlock: true } live)
        {
            return false;
        }

        var mark = state.NextCheckpoint is { } checkpoint && checkpoint > ensemble.Journaled ? checkpoint : state.StopRule.Iterations;
        return live.BufferedBytes >= Coordinator.BlockBytes
            || live.Iteration >= mark
            || now - session.LastCut(ensemble.Index) >= Coordinator.BlockSeconds
            || (session.Stopping is not null && session.Quiet);
    }

    private static RunEvent? End(RunState state, Session session, double now)
    {
        var common = state.CommonIteration;
        if (session.Stopping == StopCause.Disagreed)
        {
            return session.Quiet ? new RunPaused(session.StopReason, common, now) : null;
        }

        if (state.EndsAt is { } converged)
        {
            return new RunCompleted(CompletionReason.Converged, converged, now);
        }

        if (common >= state.StopRule.Iterations && state.NextCheckpoint is null)
        {
            return new RunCompleted(CompletionReason.Iterations, state.StopRule.Iterations, now);
        }

        if (session.Stopping is { } cause && session.Quiet)
        {
            return cause == StopCause.WallTime && common >= 0
                ? new RunCompleted(CompletionReason.WallTime, common, now)
                : new RunPaused(session.StopReason, common, now);
        }

        return null;
    }
}
