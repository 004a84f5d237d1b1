using System.Runtime.InteropServices;
using Calibrate.Inference;
using Calibrate.Runtime.Coordination;
using Google.Protobuf;

namespace Calibrate.Runtime.Events;

/// <summary>Blocks in the journal's format. Vectors are written from the block's own arrays.</summary>
internal static class BlockMessages
{
    public static Wire.IterationsAdvanced From(IterationsAdvanced advanced)
    {
        var block = advanced.Block;
        var message = new Wire.IterationsAdvanced
        {
            Version = RunEventCodec.Version,
            Ensemble = block.Ensemble,
            From = block.From,
            To = block.To,
            Thin = block.Thin,
            Walkers = block.Walkers,
            Dimension = block.Dimension,
            RecordedCount = block.RecordedCount,
            Rows = block.Rows,
            Positions = Wrap(block.Positions),
            LogPosteriors = Wrap(block.LogPosteriors),
            Recorded = Wrap(block.Recorded),
            Digests = Wrap(block.Digests),
            WalkerSteps = block.WalkerSteps,
            Accepted = block.Accepted,
            AcceptedByWalker = Wrap(block.AcceptedByWalker),
            Evaluations = block.Evaluations,
            EndState = Wrap(block.EndState),
            Seconds = advanced.Seconds,
        };
        message.Failures.Add(From(block.FailuresByKind));
        message.FailureExamples.Add(block.Failures.Select(From));
        return message;
    }

    public static IterationsAdvanced ToEvent(Wire.IterationsAdvanced message)
    {
        RunEventCodec.CheckVersion(message.Version);
        var block = new Block
        {
            Ensemble = message.Ensemble,
            From = message.From,
            To = message.To,
            Thin = message.Thin,
            Walkers = message.Walkers,
            Dimension = message.Dimension,
            RecordedCount = message.RecordedCount,
            Rows = message.Rows,
            Positions = ArrayOf<double>(message.Positions),
            LogPosteriors = ArrayOf<double>(message.LogPosteriors),
            Recorded = ArrayOf<double>(message.Recorded),
            Digests = ArrayOf<ulong>(message.Digests),
            WalkerSteps = message.WalkerSteps,
            Accepted = message.Accepted,
            AcceptedByWalker = ArrayOf<long>(message.AcceptedByWalker),
            Evaluations = message.Evaluations,
            EndState = message.EndState.ToByteArray(),
            FailuresByKind = ToCounts(message.Failures),
            Failures = [.. message.FailureExamples.Select(ToExample)],
        };
        return new IterationsAdvanced(block, message.Seconds);
    }

    public static IEnumerable<Wire.FailureCount> From(IEnumerable<KeyValuePair<string, long>> counts) =>
        counts.Select(count => new Wire.FailureCount { Kind = count.Key, Count = count.Value });

    public static Wire.FailureExample From(FailureExample example) => new()
    {
        Ensemble = example.Id.Ensemble,
        Iteration = example.Id.Iteration,
        Walker = example.Id.Walker,
        Attempt = example.Id.Attempt,
        Kind = example.Kind,
        Message = example.Message,
        Parameters = Wrap(example.Parameters),
    };

    public static IReadOnlyList<KeyValuePair<string, long>> ToCounts(IEnumerable<Wire.FailureCount> counts) =>
        [.. counts.Select(count => KeyValuePair.Create(count.Kind, count.Count))];

    public static FailureExample ToExample(Wire.FailureExample example) => new(
        new EvaluationId(example.Ensemble, example.Iteration, example.Walker, example.Attempt),
        example.Kind,
        ArrayOf<double>(example.Parameters),
        example.Message);

    public static ByteString Wrap<T>(T[] array)
        where T : unmanaged => UnsafeByteOperations.UnsafeWrap(new BytesOf<T>(array).Memory);

    public static T[] ArrayOf<T>(ByteString bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes.Span).ToArray();
}
