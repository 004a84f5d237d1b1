using Calibrate.Inference;
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
        return state;
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
