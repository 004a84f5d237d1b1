namespace Calibrate.Inference.States;

/// <summary>What the complete iterations since the last cut leave behind: thinned rows, a digest per iteration, counters and failures.</summary>
internal sealed class BlockBuffer
{
    private readonly EnsembleShape shape;
    private readonly GrowingArray<double> positions = new();
    private readonly GrowingArray<double> logPosteriors = new();
    private readonly GrowingArray<double> recorded = new();
    private readonly GrowingArray<ulong> digests = new();
    private readonly long[] acceptedByWalker;
    private readonly FailureLog failures = new();
    private int rows;
    private long walkerSteps;
    private long evaluations;

    internal BlockBuffer(EnsembleShape shape)
    {
        this.shape = shape;
        acceptedByWalker = new long[shape.Walkers];
    }

    /// <summary>Last iteration before the buffered ones.</summary>
    internal int From { get; private set; } = -1;

    internal long Bytes => ((long)positions.Count + logPosteriors.Count + recorded.Count + digests.Count) * sizeof(double);

    /// <summary>Takes in one complete iteration, the next one.</summary>
    internal void Add(int iteration, WalkerStates states, Digest.ChainDigest digest, long evaluated, List<FailureExample>? failed)
    {
        Span<ulong> words = digests.Extend(2);
        words[0] = digest.First;
        words[1] = digest.Second;
        evaluations += evaluated;
        if (iteration > 0)
        {
            walkerSteps += shape.Walkers;
            for (int w = 0; w < acceptedByWalker.Length; w++)
            {
                acceptedByWalker[w] += states.Accepted[w];
            }
        }

        if (failed is { Count: > 0 })
        {
            failures.Add(failed);
        }

        if (iteration % shape.Thin == 0)
        {
            states.Positions.CopyTo(positions.Extend(states.Positions.Length));
            states.LogPosteriors.CopyTo(logPosteriors.Extend(states.LogPosteriors.Length));
            states.Recorded.CopyTo(recorded.Extend(states.Recorded.Length));
            rows++;
        }
    }

    /// <summary>Takes in a run of complete iterations, the next ones.</summary>
    internal void Keep(ChainRun run)
    {
        run.Digests.CopyTo(digests.Extend(run.Digests.Length));
        run.Positions.CopyTo(positions.Extend(run.Positions.Length));
        run.LogPosteriors.CopyTo(logPosteriors.Extend(run.LogPosteriors.Length));
        run.Recorded.CopyTo(recorded.Extend(run.Recorded.Length));
        rows += run.Rows;
        walkerSteps += (long)run.Iterations * shape.Walkers;
        evaluations += run.Evaluations;
        for (int w = 0; w < acceptedByWalker.Length; w++)
        {
            acceptedByWalker[w] += run.AcceptedByWalker[w];
        }

        if (run.Failures.Count > 0)
        {
            failures.Add(run.Failures);
        }
    }

    /// <summary>The block from the last cut to iteration <paramref name="to"/>.</summary>
    internal Block ToBlock(int ensemble, int to, byte[] endState) => new()
    {
        Ensemble = ensemble,
        From = From,
        To = to,
        Thin = shape.Thin,
        Walkers = shape.Walkers,
        Dimension = shape.Dimension,
        RecordedCount = shape.RecordedCount,
        Rows = rows,
        Positions = positions.Items.ToArray(),
        LogPosteriors = logPosteriors.Items.ToArray(),
        Recorded = recorded.Items.ToArray(),
        WalkerSteps = walkerSteps,
        Accepted = acceptedByWalker.Sum(),
        Evaluations = evaluations,
        AcceptedByWalker = [.. acceptedByWalker],
        Digests = digests.Items.ToArray(),
        FailuresByKind = failures.Counts,
        Failures = failures.Examples,
        EndState = endState,
    };

    /// <summary>Cuts after iteration <paramref name="to"/>: everything buffered is forgotten.</summary>
    internal void Cut(int to)
    {
        From = to;
        rows = 0;
        walkerSteps = 0;
        evaluations = 0;
        positions.Clear();
        logPosteriors.Clear();
        recorded.Clear();
        digests.Clear();
        Array.Clear(acceptedByWalker);
        failures.Clear();
    }

    internal void Save(StateWriter writer)
    {
        writer.Int32(From);
        writer.Int32(rows);
        writer.Int64(walkerSteps);
        writer.Int64(evaluations);
        foreach (long accepted in acceptedByWalker)
        {
            writer.Int64(accepted);
        }

        writer.Int32(digests.Count);
        writer.Words(digests.Items);
        writer.Doubles(positions.Items);
        writer.Doubles(logPosteriors.Items);
        writer.Doubles(recorded.Items);
        failures.Save(writer);
    }

    /// <summary>What <see cref="Save"/> would write right after a cut at iteration <paramref name="to"/>.</summary>
    internal void SaveAsCut(StateWriter writer, int to)
    {
        BlockBuffer cut = new(shape);
        cut.Cut(to);
        cut.Save(writer);
    }

    internal void Restore(ref StateReader reader, int ensemble, int iteration)
    {
        From = reader.Int32();
        rows = reader.Count(sizeof(double));
        walkerSteps = reader.Int64();
        evaluations = reader.Int64();
        for (int w = 0; w < acceptedByWalker.Length; w++)
        {
            acceptedByWalker[w] = reader.Int64();
        }

        int words = reader.Count(sizeof(ulong));
        if (From > iteration || words != 2L * (iteration - From))
        {
            throw StateReader.Damaged();
        }

        reader.Words(digests.Extend(words));
        reader.Doubles(positions.Extend(checked(rows * shape.Dimension * shape.Walkers)));
        reader.Doubles(logPosteriors.Extend(checked(rows * shape.Walkers)));
        reader.Doubles(recorded.Extend(checked(rows * shape.RecordedCount * shape.Walkers)));
        failures.Restore(ref reader, ensemble);
    }
}
