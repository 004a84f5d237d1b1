using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Google.Protobuf;

namespace Calibrate.Runtime.Events;

/// <summary>
/// The state of a run as bytes: its snapshots, and what tests compare after every event. Equal states give equal bytes.
/// </summary>
public static class RunSnapshotCodec
{
    /// <summary>Writes the state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="method">The run's method.</param>
    public static byte[] Write(RunState state, IMethod method)
    {
        ArgumentNullException.ThrowIfNull(state);
        var message = new Wire.RunSnapshot
        {
            Version = RunEventCodec.Version,
            Started = RunMessages.From(new RunStarted(state.Identity, state.StopRule, state.Platform, state.Engine)),
            Status = state.Status.ToString(),
            Reason = state.Reason,
            StopRule = RunMessages.From(state.StopRule),
            Platform = RunMessages.From(state.Platform),
            Engine = state.Engine,
            JudgedThrough = state.JudgedThrough,
            Converged = state.Converged,
            FinalIteration = state.FinalIteration,
            Seconds = state.Seconds,
            SessionSeconds = state.SessionStart,
            Completion = state.Completion?.ToString() ?? "",
        };
        if (state.EndsAt is { } endsAt)
        {
            message.EndsAt = endsAt;
        }

        if (state.LastJudgement is { } judgement)
        {
            message.LastJudgement = RunMessages.From(judgement);
        }

        message.Ensembles.Add(state.Ensembles.Select(ensemble => From(ensemble, method)));
        message.Failures.Add(BlockMessages.From(state.Failures.Counts));
        message.FailureExamples.Add(state.Failures.Examples.Select(BlockMessages.From));
        AddCluster(state, message);
        return message.ToByteArray();
    }

    /// <summary>Reads a state.</summary>
    /// <param name="payload">What <see cref="Write"/> wrote.</param>
    /// <exception cref="RunException">Written by a later version of Calibrate.</exception>
    /// <exception cref="InvalidDataException">Not a state.</exception>
    public static RunState Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return ToState(Wire.RunSnapshot.Parser.ParseFrom(payload.Span));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException($"A snapshot cannot be read: {exception.Message}", exception);
        }
    }

    private static RunState ToState(Wire.RunSnapshot message)
    {
        RunEventCodec.CheckVersion(message.Version);
        var state = new RunState(RunMessages.ToEvent(message.Started).Identity, message.Ensembles.Select(ToEnsemble))
        {
            Status = RunMessages.ToEnum<RunStatus>(message.Status),
            Reason = message.Reason,
            StopRule = RunMessages.ToRule(message.StopRule),
            Platform = RunMessages.ToPlatform(message.Platform),
            Engine = message.Engine,
            JudgedThrough = message.JudgedThrough,
            Converged = message.Converged,
            FinalIteration = message.FinalIteration,
            Seconds = message.Seconds,
            SessionStart = message.SessionSeconds,
            Completion = message.Completion.Length == 0 ? null : RunMessages.ToEnum<CompletionReason>(message.Completion),
            EndsAt = message.HasEndsAt ? message.EndsAt : null,
            LastJudgement = message.LastJudgement is { } judgement ? RunMessages.ToEvent(judgement) : null,
        };
        state.Failures.Add(BlockMessages.ToCounts(message.Failures), message.FailureExamples.Select(BlockMessages.ToExample));
        RestoreCluster(state, message);
        return state;
    }

    private static void AddCluster(RunState state, Wire.RunSnapshot message)
    {
        message.Workers.Add(state.Workers.Admitted.Select(ClusterEventMessages.From));
        message.RefusalCount = state.Workers.RefusalCount;
        message.Refusals.Add(state.Workers.Refusals.Select(ClusterEventMessages.From));
        message.Verdicts.Add(state.Verdicts.Counts.Select(
            count => new Wire.VerdictCount { Kind = (int)count.Key.Kind, Rejected = count.Key.Rejected, Count = count.Value }));
        message.VerdictExamples.Add(state.Verdicts.Examples.Select(ClusterEventMessages.From));
        message.DisagreementCount = state.Disagreements;
        if (state.CanaryReference.Count > 0)
        {
            message.Canaries = ClusterEventMessages.From(new CanariesRecorded(state.CanaryReference, 0));
        }

        if (state.LastDisagreement is { } disagreement)
        {
            message.Disagreement = ClusterEventMessages.From(disagreement);
        }
    }

    private static void RestoreCluster(RunState state, Wire.RunSnapshot message)
    {
        state.Workers.Restore(
            message.Workers.Select(ClusterEventMessages.ToEvent), message.RefusalCount, message.Refusals.Select(ClusterEventMessages.ToEvent));
        foreach (var count in message.Verdicts)
        {
            state.Verdicts.Add((ResourceKind)count.Kind, count.Rejected, count.Count);
        }

        state.Verdicts.Restore(message.VerdictExamples.Select(ClusterEventMessages.ToEvent));
        state.CanaryReference = message.Canaries is { } canaries ? ClusterEventMessages.ToEvent(canaries).Outcomes : [];
        state.Disagreements = message.DisagreementCount;
        state.LastDisagreement = message.Disagreement is { } disagreement ? ClusterEventMessages.ToEvent(disagreement) : null;
    }

    private static Wire.EnsembleSnapshot From(EnsembleState ensemble, IMethod method) => new()
    {
        Journaled = ensemble.Journaled,
        State = UnsafeByteOperations.UnsafeWrap(ensemble.Save(method)),
        WalkerSteps = ensemble.WalkerSteps,
        Accepted = ensemble.Accepted,
        Evaluations = ensemble.Evaluations,
    };

    private static EnsembleState ToEnsemble(Wire.EnsembleSnapshot message, int index) =>
        new(index, message.Journaled, message.State.ToByteArray())
        {
            WalkerSteps = message.WalkerSteps,
            Accepted = message.Accepted,
            Evaluations = message.Evaluations,
        };
}
