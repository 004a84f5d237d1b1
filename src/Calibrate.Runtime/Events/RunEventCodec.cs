using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Google.Protobuf;

namespace Calibrate.Runtime.Events;

/// <summary>Events to journal payloads and back. Every message carries a version; versions from the future are refused.</summary>
public static class RunEventCodec
{
    /// <summary>The version of every message that this build writes, and the highest that it reads.</summary>
    public const uint Version = 1;

    /// <summary>Writes an event for the journal.</summary>
    /// <param name="event">The event.</param>
    /// <param name="buffers">Lends the memory of the payload, which is valid until they are returned.</param>
    public static JournalEvent Encode(RunEvent @event, PayloadBuffers buffers)
    {
        ArgumentNullException.ThrowIfNull(@event);
        ArgumentNullException.ThrowIfNull(buffers);
        (RunEventKind Kind, IMessage Message) encoded = @event switch
        {
            RunStarted started => (RunEventKind.RunStarted, RunMessages.From(started)),
            IterationsAdvanced advanced => (RunEventKind.IterationsAdvanced, BlockMessages.From(advanced)),
            WalkersAdvanced walkers => (RunEventKind.WalkersAdvanced, OutcomeMessages.From(walkers)),
            ConvergenceJudged judged => (RunEventKind.ConvergenceJudged, RunMessages.From(judged)),
            RunPaused paused => (RunEventKind.RunPaused, RunMessages.From(paused)),
            RunResumed resumed => (RunEventKind.RunResumed, RunMessages.From(resumed)),
            RunExtended extended => (RunEventKind.RunExtended, RunMessages.From(extended)),
            RunCompleted completed => (RunEventKind.RunCompleted, RunMessages.From(completed)),
            RunFailed failed => (RunEventKind.RunFailed, RunMessages.From(failed)),
            WorkerJoined joined => (RunEventKind.WorkerJoined, ClusterEventMessages.From(joined)),
            WorkerLeft left => (RunEventKind.WorkerLeft, ClusterEventMessages.From(left)),
            WorkerRefused refused => (RunEventKind.WorkerRefused, ClusterEventMessages.From(refused)),
            CanariesRecorded canaries => (RunEventKind.CanariesRecorded, ClusterEventMessages.From(canaries)),
            VerdictReached verdict => (RunEventKind.VerdictReached, ClusterEventMessages.From(verdict)),
            DisagreementFound disagreement => (RunEventKind.DisagreementFound, ClusterEventMessages.From(disagreement)),
            _ => throw new ArgumentException($"No journal format for the event {@event.GetType().Name}.", nameof(@event)),
        };
        return new JournalEvent((int)encoded.Kind, buffers.Write(encoded.Message));
    }

    /// <summary>Reads an event from the journal.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="payload">Its payload.</param>
    /// <exception cref="RunException">The event was written by a later version of Calibrate.</exception>
    /// <exception cref="InvalidDataException">The payload is not what its kind says.</exception>
    public static RunEvent Decode(int kind, ReadOnlyMemory<byte> payload)
    {
        try
        {
            var span = payload.Span;
            return (RunEventKind)kind switch
            {
                RunEventKind.RunStarted => RunMessages.ToEvent(Wire.RunStarted.Parser.ParseFrom(span)),
                RunEventKind.IterationsAdvanced => BlockMessages.ToEvent(Wire.IterationsAdvanced.Parser.ParseFrom(span)),
                RunEventKind.WalkersAdvanced => OutcomeMessages.ToEvent(Wire.WalkersAdvanced.Parser.ParseFrom(span)),
                RunEventKind.ConvergenceJudged => RunMessages.ToEvent(Wire.ConvergenceJudged.Parser.ParseFrom(span)),
                RunEventKind.RunPaused => RunMessages.ToEvent(Wire.RunPaused.Parser.ParseFrom(span)),
                RunEventKind.RunResumed => RunMessages.ToEvent(Wire.RunResumed.Parser.ParseFrom(span)),
                RunEventKind.RunExtended => RunMessages.ToEvent(Wire.RunExtended.Parser.ParseFrom(span)),
                RunEventKind.RunCompleted => RunMessages.ToEvent(Wire.RunCompleted.Parser.ParseFrom(span)),
                RunEventKind.RunFailed => RunMessages.ToEvent(Wire.RunFailed.Parser.ParseFrom(span)),
                RunEventKind.WorkerJoined => ClusterEventMessages.ToEvent(Wire.WorkerJoined.Parser.ParseFrom(span)),
                RunEventKind.WorkerLeft => ClusterEventMessages.ToEvent(Wire.WorkerLeft.Parser.ParseFrom(span)),
                RunEventKind.WorkerRefused => ClusterEventMessages.ToEvent(Wire.WorkerRefused.Parser.ParseFrom(span)),
                RunEventKind.CanariesRecorded => ClusterEventMessages.ToEvent(Wire.CanariesRecorded.Parser.ParseFrom(span)),
                RunEventKind.VerdictReached => ClusterEventMessages.ToEvent(Wire.VerdictReached.Parser.ParseFrom(span)),
                RunEventKind.DisagreementFound => ClusterEventMessages.ToEvent(Wire.DisagreementFound.Parser.ParseFrom(span)),
                _ => throw Newer($"an event of kind {kind}"),
            };
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException($"An event of kind {kind} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>As <see cref="Decode"/>, but the draws of blocks, which no fold needs, are left out.</summary>
    /// <inheritdoc cref="Decode"/>
    public static RunEvent DecodeForFold(int kind, ReadOnlyMemory<byte> payload) => kind == (int)RunEventKind.IterationsAdvanced
        ? Decode(kind, BlockTrim.WithoutDraws(payload.Span))
        : Decode(kind, payload);

    internal static void CheckVersion(uint version)
    {
        if (version != Version)
        {
            throw Newer($"an event of version {version}");
        }
    }

    private static RunException Newer(string what) =>
        new($"The journal holds {what}, which this version of Calibrate does not know: it was written by a later one. Use that version.");
}
