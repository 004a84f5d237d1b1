using Calibrate.Inference.Digest;

namespace Calibrate.Inference.States;

/// <summary>
/// The chain of one ensemble up to its last complete iteration: where the walkers are, the digest, and what waits for the next cut. Both
/// drivers end every iteration here.
/// </summary>
internal sealed class ChainRecord
{
    private readonly EnsembleShape shape;

    internal ChainRecord(EnsembleShape shape)
    {
        this.shape = shape;
        Current = new WalkerStates(shape);
        Buffer = new BlockBuffer(shape);
    }

    /// <summary>Last complete iteration; -1 before the initial ensemble is complete.</summary>
    internal int Iteration { get; private set; } = -1;

    internal ChainDigest Digest { get; private set; } = ChainDigest.Empty;

    /// <summary>The walkers after <see cref="Iteration"/>.</summary>
    internal WalkerStates Current { get; private set; }

    internal BlockBuffer Buffer { get; }

    internal string? Refusal { get; private set; }

    /// <summary>Ends the chain with a message for the user. The first one stays.</summary>
    internal void Refuse(string reason) => Refusal ??= reason;

    /// <summary>Appends the next iteration.</summary>
    /// <param name="states">The walkers after it. Becomes <see cref="Current"/>; the caller gets the former one for further use.</param>
    /// <param name="evaluations">Evaluations that the iteration needed.</param>
    /// <param name="failed">Those of them that failed; may be reordered.</param>
    /// <returns>The states of the iteration before: free memory.</returns>
    internal WalkerStates Append(WalkerStates states, long evaluations, List<FailureExample>? failed)
    {
        WalkerStates former = Current;
        Current = states;
        Iteration++;
        Digest = Digest.Advance(Iteration, states.Accepted, states.LogPosteriors, states.Positions, shape.Walkers, shape.Dimension);
        Buffer.Add(Iteration, states, Digest, evaluations, failed);
        return former;
    }

    /// <summary>Appends several iterations at once, which the kernel ran on <paramref name="states"/>.</summary>
    /// <returns>The states before: free memory.</returns>
    internal WalkerStates AppendMany(WalkerStates states, int to, ChainDigest digest, ChainRun run)
    {
        WalkerStates former = Current;
        Current = states;
        Iteration = to;
        Digest = digest;
        Buffer.Keep(run);
        return former;
    }

    /// <summary>Writes the record; with <paramref name="cut"/> as if the buffered iterations had just been cut.</summary>
    internal void Save(StateWriter writer, bool cut)
    {
        writer.Int32(Iteration);
        writer.Words([Digest.First, Digest.Second]);
        writer.Flag(Refusal is not null);
        if (Refusal is not null)
        {
            writer.Text(Refusal);
        }

        if (Iteration >= 0)
        {
            writer.Doubles(Current.LogPosteriors);
            writer.Doubles(Current.LogTargets);
            writer.Doubles(Current.Positions);
            writer.Doubles(Current.Recorded);
        }

        if (cut)
        {
            Buffer.SaveAsCut(writer, Iteration);
        }
        else
        {
            Buffer.Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal void Restore(ref StateReader reader, int ensemble)
    {
        Iteration = reader.Int32();
        if (Iteration < -1)
        {
            throw StateReader.Damaged();
        }

        Span<ulong> words = stackalloc ulong[2];
        reader.Words(words);
        Digest = new ChainDigest(words[0], words[1]);
        Refusal = reader.Flag() ? reader.Text() : null;
        if (Iteration >= 0)
        {
            reader.Doubles(Current.LogPosteriors);
            reader.Doubles(Current.LogTargets);
            reader.Doubles(Current.Positions);
            reader.Doubles(Current.Recorded);
        }

        Buffer.Restore(ref reader, ensemble, Iteration);
    }
}
