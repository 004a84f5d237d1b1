using Calibrate.Inference;
using Calibrate.Inference.Digest;

namespace Calibrate.Testing.Methods;

/// <summary>What a <see cref="RelayEnsemble"/> completed since the last cut.</summary>
internal sealed class RelayBuffer
{
    private readonly List<double> positions = [];
    private readonly List<double> logPosteriors = [];
    private readonly List<ulong> digests = [];

    public int From { get; private set; } = -1;

    public long Accepted { get; private set; }

    public long Evaluations { get; private set; }

    public SortedDictionary<string, long> Failures { get; } = new(StringComparer.Ordinal);

    public long Bytes => sizeof(double) * (positions.Count + logPosteriors.Count + digests.Count);

    public void Complete(int iteration, RelayLevel level, ChainDigest digest, int thin)
    {
        digests.Add(digest.First);
        digests.Add(digest.Second);
        Accepted += iteration > 0 ? level.Accepted.Sum(accepted => accepted) : 0;
        Evaluations += level.Settled.Length;
        if (iteration % thin == 0)
        {
            positions.AddRange(level.Positions);
            logPosteriors.AddRange(level.LogPosteriors);
        }
    }

    public Block ToBlock(RelayMethod method, int ensemble, int iteration, byte[] endState) => new()
    {
        Ensemble = ensemble,
        From = From,
        To = iteration,
        Thin = method.Thin,
        Walkers = method.Walkers,
        Dimension = method.Dimension,
        RecordedCount = 0,
        Rows = logPosteriors.Count / method.Walkers,
        Positions = [.. positions],
        LogPosteriors = [.. logPosteriors],
        Recorded = [],
        WalkerSteps = (long)method.Walkers * (iteration - Math.Max(0, From)),
        Accepted = Accepted,
        Evaluations = Evaluations,
        AcceptedByWalker = new long[method.Walkers],
        Digests = [.. digests],
        FailuresByKind = [.. Failures],
        Failures = [],
        EndState = endState,
    };

    public void Clear(int iteration)
    {
        positions.Clear();
        logPosteriors.Clear();
        digests.Clear();
        Failures.Clear();
        (From, Accepted, Evaluations) = (iteration, 0, 0);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(From);
        writer.Write(Accepted);
        writer.Write(Evaluations);
        writer.Write(positions.Count);
        positions.ForEach(writer.Write);
        writer.Write(logPosteriors.Count);
        logPosteriors.ForEach(writer.Write);
        writer.Write(digests.Count);
        digests.ForEach(writer.Write);
        writer.Write(Failures.Count);
        foreach (var (kind, count) in Failures)
        {
            writer.Write(kind);
            writer.Write(count);
        }
    }

    public void Read(BinaryReader reader)
    {
        (From, Accepted, Evaluations) = (reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64());
        positions.AddRange(Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadDouble()).ToList());
        logPosteriors.AddRange(Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadDouble()).ToList());
        digests.AddRange(Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadUInt64()).ToList());
        for (var kinds = reader.ReadInt32(); kinds > 0; kinds--)
        {
            Failures.Add(reader.ReadString(), reader.ReadInt64());
        }
    }
}
