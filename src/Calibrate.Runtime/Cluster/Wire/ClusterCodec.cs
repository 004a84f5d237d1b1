using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace Calibrate.Runtime.Cluster.Wire;

/// <summary>
/// Cluster messages to bytes and back, whatever carries them. What arrives comes from outside: bytes that are no message, too large a message, a
/// message of a later version are all answered with a reason and never with an exception.
/// </summary>
public static class ClusterCodec
{
    /// <summary>The version of every message that this build writes, and the only one that it reads.</summary>
    public const uint Version = 1;

    /// <summary>Bytes of the largest message with work or results.</summary>
    public const int LargestWork = 16 << 20;

    /// <summary>Bytes of the largest offer: a problem travels with its data files.</summary>
    public const int LargestOffer = 80 << 20;

    /// <summary>Bytes of the largest message of any other kind.</summary>
    public const int LargestNotice = 1 << 20;

    /// <summary>Recorded outputs per evaluation at most: one evaluation always fits into a message.</summary>
    public const int MostRecorded = 1 << 20;

    private static readonly MessageParser<Protobuf.Envelope> Parser = Protobuf.Envelope.Parser.WithDiscardUnknownFields(true);

    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="RunException">The message is larger than any reader accepts; the text is for the user.</exception>
    public static byte[] Encode(ClusterMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var envelope = Wrap(message);
        envelope.Version = Version;
        var size = envelope.CalculateSize();
        var limit = LimitOf(envelope.MessageCase);
        if (size > limit)
        {
            throw new RunException(message is Offer
                ? $"The problem and its data files come to {size >> 20} MiB; at most {limit >> 20} MiB can be sent to workers. Put the files on every worker and start it with --files DIR."
                : $"A message of {size} bytes would go over the broker ({message.GetType().Name}); at most {limit} bytes can. Record fewer outputs per evaluation.");
        }

        var bytes = new byte[size];
        envelope.WriteTo(bytes.AsSpan());
        return bytes;
    }

    /// <summary>Reads a message.</summary>
    /// <param name="bytes">What arrived; it is not kept.</param>
    /// <param name="message">The message.</param>
    /// <param name="problem">What is wrong with the bytes, for a log.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ClusterMessage? message, [NotNullWhen(false)] out string? problem)
    {
        message = null;
        problem = null;
        if (bytes.Length > LargestOffer)
        {
            problem = $"{bytes.Length} bytes are more than any message has ({LargestOffer})";
            return false;
        }

        try
        {
            RefuseOversized(bytes);
            message = Unwrap(Parser.ParseFrom(bytes));
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidProtocolBufferException)
        {
            problem = exception.Message;
            return false;
        }
    }

    // The kind stands in the field's tag, so that a large message of a small kind is refused before anything is made of it.
    private static void RefuseOversized(ReadOnlySpan<byte> bytes)
    {
        var kind = WireHeader.KindOf(bytes);
        var limit = LimitOf(kind);
        if (bytes.Length > limit)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are too many for a message of kind {kind} (at most {limit})");
        }
    }

    private static int LimitOf(Protobuf.Envelope.MessageOneofCase kind) => kind switch
    {
        Protobuf.Envelope.MessageOneofCase.Offer => LargestOffer,
        Protobuf.Envelope.MessageOneofCase.Work or Protobuf.Envelope.MessageOneofCase.WorkDone or Protobuf.Envelope.MessageOneofCase.Proof => LargestWork,
        _ => LargestNotice,
    };

    private static Protobuf.Envelope Wrap(ClusterMessage message) => message switch
    {
        WorkerHere here => new() { WorkerHere = PresenceMessages.From(here) },
        WorkerGone gone => new() { WorkerGone = new Protobuf.WorkerGone { Worker = gone.Worker.Name } },
        Offer offer => new() { Offer = AdmissionMessages.From(offer) },
        Proof proof => new() { Proof = AdmissionMessages.From(proof) },
        Admitted admitted => new() { Admitted = AdmissionMessages.From(admitted) },
        Refused refused => new() { Refused = AdmissionMessages.From(refused) },
        Work work => new() { Work = WorkMessages.From(work) },
        WorkBegun begun => new() { WorkBegun = WorkMessages.From(begun) },
        WorkDone done => new() { WorkDone = WorkMessages.From(done) },
        WorkReceived received => new() { WorkReceived = WorkMessages.From(received) },
        SessionOver over => new() { SessionOver = Fields.From(over.Session) },
        RollCall => new() { RollCall = new Protobuf.RollCall() },
        SessionHere here => new() { SessionHere = PresenceMessages.From(here) },
        _ => throw new ArgumentException($"No wire format for the message {message.GetType().Name}.", nameof(message)),
    };

    private static ClusterMessage Unwrap(Protobuf.Envelope envelope)
    {
        if (envelope.Version != Version)
        {
            throw new InvalidDataException($"a message of version {envelope.Version}, and this build reads version {Version}");
        }

        return envelope.MessageCase switch
        {
            Protobuf.Envelope.MessageOneofCase.WorkerHere => PresenceMessages.ToMessage(envelope.WorkerHere),
            Protobuf.Envelope.MessageOneofCase.WorkerGone => new WorkerGone(Fields.Worker(envelope.WorkerGone.Worker)),
            Protobuf.Envelope.MessageOneofCase.Offer => AdmissionMessages.ToMessage(envelope.Offer),
            Protobuf.Envelope.MessageOneofCase.Proof => AdmissionMessages.ToMessage(envelope.Proof),
            Protobuf.Envelope.MessageOneofCase.Admitted => AdmissionMessages.ToAdmitted(envelope.Admitted),
            Protobuf.Envelope.MessageOneofCase.Refused => AdmissionMessages.ToRefused(envelope.Refused),
            Protobuf.Envelope.MessageOneofCase.Work => WorkMessages.ToMessage(envelope.Work),
            Protobuf.Envelope.MessageOneofCase.WorkBegun => WorkMessages.ToMessage(envelope.WorkBegun),
            Protobuf.Envelope.MessageOneofCase.WorkDone => WorkMessages.ToMessage(envelope.WorkDone),
            Protobuf.Envelope.MessageOneofCase.WorkReceived => WorkMessages.ToMessage(envelope.WorkReceived),
            Protobuf.Envelope.MessageOneofCase.SessionOver => new SessionOver(Fields.Session(envelope.SessionOver)),
            Protobuf.Envelope.MessageOneofCase.RollCall => new RollCall(),
            Protobuf.Envelope.MessageOneofCase.SessionHere => PresenceMessages.ToMessage(envelope.SessionHere),
            _ => throw new InvalidDataException("a message of a kind that this build does not know"),
        };
    }
}
