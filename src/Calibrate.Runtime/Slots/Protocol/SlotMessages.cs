using System.Runtime.InteropServices;
using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Google.Protobuf;

namespace Calibrate.Runtime.Slots.Protocol;

/// <summary>The messages between a process and its children.</summary>
internal static class SlotMessages
{
    /// <summary>Longest message to a child: a bundle of the largest size and some text.</summary>
    public const int LongestToChild = (int)ProblemBundle.SizeLimit + (16 << 20);

    /// <summary>Longest message from a child: what it evaluated together.</summary>
    public const int LongestToParent = 64 << 20;

    public static Protobuf.ToChild Load(ProblemBundle bundle, Fingerprint model)
    {
        var load = new Protobuf.Load { ProblemText = bundle.Source.Text, ProblemPath = bundle.Source.Path, ModelFingerprint = model.Hex };
        load.Overrides.Add(bundle.Source.Overrides);
        load.Files.Add(bundle.Files.Select(
            file => new Cluster.Wire.Protobuf.BundledFile { Path = file.Key, Content = UnsafeByteOperations.UnsafeWrap(file.Value) }));
        return new Protobuf.ToChild { Load = load };
    }

    public static ProblemBundle BundleOf(Protobuf.Load load) => new(
        new ProblemSource(load.ProblemPath, load.ProblemText, [.. load.Overrides]),
        load.Files.ToDictionary(file => file.Path, file => file.Content.Memory, StringComparer.Ordinal));

    /// <summary>Asks for the evaluations from one index to before another.</summary>
    public static Protobuf.ToChild Evaluate(IReadOnlyList<EvaluationRequest> requests, int from, int end, int together)
    {
        var width = requests[from].Parameters.Length;
        var points = new double[(end - from) * width];
        for (var i = from; i < end; i++)
        {
            requests[i].Parameters.CopyTo(points.AsSpan((i - from) * width));
        }

        return new Protobuf.ToChild
        {
            Evaluate = new Protobuf.Evaluate
            {
                Count = end - from,
                Together = together,
                Points = UnsafeByteOperations.UnsafeWrap(new Events.BytesOf<double>(points).Memory),
            },
        };
    }

    /// <summary>The points of a request, point after point.</summary>
    /// <exception cref="InvalidDataException">They are not as many as the request says.</exception>
    public static ReadOnlySpan<double> PointsOf(Protobuf.Evaluate request, int width)
    {
        var points = MemoryMarshal.Cast<byte, double>(request.Points.Span);
        return points.Length == (long)request.Count * width && request is { Count: > 0, Together: > 0 }
            ? points
            : throw new InvalidDataException($"{points.Length} numbers for {request.Count} points of {width} parameters");
    }
}
