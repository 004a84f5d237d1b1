using Calibrate.Problems;
using Calibrate.Problems.Files;
using Google.Protobuf;

namespace Calibrate.Runtime.Cluster.Wire;

/// <summary>Offers, proofs and what is decided on them.</summary>
internal static class AdmissionMessages
{
    private const int MostCanaries = 1024;

    public static Protobuf.Offer From(Offer offer)
    {
        var source = offer.Problem.Source;
        var message = new Protobuf.Offer
        {
            Session = Fields.From(offer.Session),
            Model = Fields.From(offer.Model),
            ProblemText = source.Text,
            ProblemPath = source.Path,
            Platform = Fields.From(offer.Platform),
            Build = offer.Build,
            CanaryCount = offer.Canaries.Count,
            Canaries = Fields.Rows(offer.Canaries.Count, i => offer.Canaries[i]),
        };
        message.Overrides.Add(source.Overrides);
        message.Files.Add(offer.Problem.Files.Select(
            file => new Protobuf.BundledFile { Path = file.Key, Content = UnsafeByteOperations.UnsafeWrap(file.Value) }));
        if (offer.Limits.Timeout is { } timeout)
        {
            message.TimeoutTicks = timeout.Ticks;
        }

        if (offer.Limits.Memory is { } memory)
        {
            message.MemoryBytes = memory;
        }

        return message;
    }

    public static Offer ToMessage(Protobuf.Offer message)
    {
        Fields.Count(message.Overrides.Count, Fields.MostLines);
        Fields.Count(message.Files.Count, Fields.MostLines);
        var source = new ProblemSource(
            Fields.Text(message.ProblemPath, Fields.LongestPath),
            Fields.Text(message.ProblemText, Fields.LongestProblem),
            [.. message.Overrides.Select(line => Fields.Text(line, Fields.LongestReason))]);
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var file in message.Files)
        {
            if (!files.TryAdd(Fields.Text(file.Path, Fields.LongestPath), file.Content.Memory))
            {
                throw new InvalidDataException("an offer that has a file twice");
            }
        }

        return new Offer(
            Fields.Session(message.Session),
            Fields.Model(message.Model),
            new ProblemBundle(source, files),
            Fields.Platform(message.Platform),
            Fields.Text(message.Build, Fields.LongestName),
            Canaries(message),
            new SlotLimits(
                message.HasTimeoutTicks ? TimeSpan.FromTicks(Positive(message.TimeoutTicks)) : null,
                message.HasMemoryBytes ? Positive(message.MemoryBytes) : null));
    }

    public static Protobuf.Proof From(Proof proof) => new()
    {
        Session = Fields.From(proof.Session),
        Worker = proof.Worker.Name,
        Model = proof.Model is { } model ? Fields.From(model) : ByteString.Empty,
        Platform = Fields.From(proof.Platform),
        Build = proof.Build,
        Slots = proof.Slots,
        Canaries = OutcomeColumns.From(proof.Canaries),
        SecondsPerEvaluation = proof.SecondsPerEvaluation,
        Refusal = Fields.Shortened(proof.Refusal),
    };

    public static Proof ToMessage(Protobuf.Proof message) => new(
        Fields.Session(message.Session),
        Fields.Worker(message.Worker),
        message.Model.IsEmpty ? null : Fields.Model(message.Model),
        Fields.Platform(message.Platform),
        Fields.Text(message.Build, Fields.LongestName),
        Fields.Count(message.Slots, Fields.MostSlots),
        OutcomeColumns.ToOutcomes(message.Canaries),
        Fields.Amount(message.SecondsPerEvaluation),
        Fields.Text(message.Refusal, Fields.LongestReason));

    public static Protobuf.Admission From(Admitted admitted) =>
        new() { Session = Fields.From(admitted.Session), Worker = admitted.Worker.Name, Model = Fields.From(admitted.Model) };

    public static Protobuf.Admission From(Refused refused) =>
        new() { Session = Fields.From(refused.Session), Worker = refused.Worker.Name, Reason = Fields.Shortened(refused.Reason) };

    public static Admitted ToAdmitted(Protobuf.Admission message) =>
        new(Fields.Session(message.Session), Fields.Worker(message.Worker), Fields.Model(message.Model));

    public static Refused ToRefused(Protobuf.Admission message) =>
        new(Fields.Session(message.Session), Fields.Worker(message.Worker), Fields.Text(message.Reason, Fields.LongestReason));

    private static double[][] Canaries(Protobuf.Offer message)
    {
        var count = Fields.Count(message.CanaryCount, MostCanaries);
        var column = Fields.Column<double>(message.Canaries, count);
        var canaries = new double[count][];
        for (var i = 0; i < count; i++)
        {
            canaries[i] = column.Slice(i * (column.Length / count), column.Length / count).ToArray();
        }

        return canaries;
    }

    private static long Positive(long value) => value > 0 ? value : throw new InvalidDataException($"a limit of {value}");
}
