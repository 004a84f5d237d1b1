using System.Buffers;
using Calibrate.Inference;
using Calibrate.Inference.Digest;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Testing.Methods;

/// <summary>One ensemble of a <see cref="RelayMethod"/>.</summary>
internal sealed class RelayEnsemble : IEnsemble
{
    private const int LookAhead = 3;

    private readonly RelayMethod method;
    private readonly List<RelayLevel> levels = [];
    private readonly HashSet<EvaluationId> inFlight = [];
    private readonly RelayBuffer buffer = new();

    public RelayEnsemble(RelayMethod method, int index)
    {
        this.method = method;
        Index = index;
    }

    public RelayEnsemble(RelayMethod method, int index, ReadOnlyMemory<byte> state)
        : this(method, index)
    {
        using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
        Iteration = reader.ReadInt32();
        Digest = new ChainDigest(reader.ReadUInt64(), reader.ReadUInt64());
        Refusal = reader.ReadBoolean() ? reader.ReadString() : null;
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            levels.Add(RelayLevel.Read(reader, method.Walkers));
        }

        buffer.Read(reader);
    }

    public int Index { get; }

    public int Iteration { get; private set; } = -1;

    public ChainDigest Digest { get; private set; } = ChainDigest.Empty;

    public string? Refusal { get; private set; }

    public bool HasBlock => Iteration > buffer.From;

    public long BufferedBytes => buffer.Bytes;

    // levels[0] is the last complete iteration, if there is one.
    private int FirstOpen => Iteration < 0 ? 0 : 1;

    public void TakeReady(int horizon, List<EvaluationRequest> ready)
    {
        for (var iteration = Iteration + 1; Refusal is null && iteration <= Math.Min(horizon, Iteration + LookAhead); iteration++)
        {
            for (var walker = 0; walker < method.Walkers; walker++)
            {
                var id = new EvaluationId(Index, iteration, walker, 0);
                if (IsReady(id) && inFlight.Add(id))
                {
                    ready.Add(new EvaluationRequest(id, RelayLevel.Propose(method.Seed, id, Before(iteration), method.Walkers)));
                }
            }
        }
    }

    public void ReturnUnfinished() => inFlight.Clear();

    public bool Settle(EvaluationId id, EvaluationOutcome outcome)
    {
        inFlight.Remove(id);
        if (id.Ensemble != Index || id.Attempt != 0 || outcome is Lost || !IsReady(id))
        {
            return false;
        }

        if (outcome is ModelFailed failed)
        {
            var kind = failed.Kind.ToString();
            buffer.Failures[kind] = buffer.Failures.GetValueOrDefault(kind) + 1;
            Refusal ??= failed.Kind == ModelFailureKind.PositiveInfinity ? "the log likelihood is infinite" : null;
        }

        Level(id.Iteration)!.Settle(method.Seed, id, outcome, Before(id.Iteration));
        while (levels.Count > FirstOpen && levels[FirstOpen].IsComplete)
        {
            Complete();
        }

        return true;
    }

    public void Advance(ILikelihood likelihood, int to, AdvanceLimits limits)
    {
        ReturnUnfinished();
        List<EvaluationRequest> ready = [];
        var results = new EvaluationBatch();
        var polled = Iteration;
        while (Iteration < to && Refusal is null && BufferedBytes < limits.MaxBytes)
        {
            if (Iteration - polled >= limits.PollEvery)
            {
                polled = Iteration;
                if (limits.Stop?.Invoke() == true)
                {
                    return;
                }
            }

            ready.Clear();
            TakeReady(Iteration + 1, ready);
            foreach (var request in ready)
            {
                likelihood.Evaluate(1, request.Parameters, results);
                Settle(request.Id, results.OutcomeOf(0));
            }
        }
    }

    public Block PeekBlock()
    {
        var end = new RelayEnsemble(method, Index, SaveToArray());
        end.DropBlock();
        return buffer.ToBlock(method, Index, Iteration, end.SaveToArray());
    }

    public void DropBlock() => buffer.Clear(Iteration);

    public void Save(IBufferWriter<byte> writer) => writer.Write(SaveToArray());

    private byte[] SaveToArray()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Iteration);
            writer.Write(Digest.First);
            writer.Write(Digest.Second);
            writer.Write(Refusal is not null);
            if (Refusal is not null)
            {
                writer.Write(Refusal);
            }

            // Levels that nothing was settled in are made on demand and are no state.
            var kept = levels.FindLastIndex(level => level.Settled.Any(settled => settled)) + 1;
            writer.Write(kept);
            levels.Take(kept).ToList().ForEach(level => level.Write(writer));
            buffer.Write(writer);
        }

        return stream.ToArray();
    }

    private void Complete()
    {
        if (Iteration >= 0)
        {
            levels.RemoveAt(0);
        }

        Iteration++;
        var level = levels[0];
        Digest = Digest.Advance(Iteration, level.Accepted, level.LogPosteriors, level.Positions, method.Walkers, method.Dimension);
        buffer.Complete(Iteration, level, Digest, method.Thin);
    }

    private bool IsReady(EvaluationId id)
    {
        if (id.Iteration <= Iteration || id.Iteration > Iteration + LookAhead || Level(id.Iteration)!.Settled[id.Walker])
        {
            return false;
        }

        return id.Iteration == 0
            || (Before(id.Iteration) is { } before && before.Settled[id.Walker] && before.Settled[(id.Walker + 1) % method.Walkers]);
    }

    private RelayLevel? Before(int iteration) => iteration == 0 ? null : Level(iteration - 1);

    private RelayLevel? Level(int iteration)
    {
        var index = iteration - Math.Max(0, Iteration);
        while (levels.Count <= index)
        {
            levels.Add(new RelayLevel(method.Walkers));
        }

        return index >= 0 ? levels[index] : null;
    }
}
