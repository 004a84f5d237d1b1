using System.Buffers;
using Calibrate.Inference.Dataflow;
using Calibrate.Inference.Digest;
using Calibrate.Inference.States;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference;

/// <summary>What the ensembles of all methods share: one record of the chain, the dataflow driver beside it, blocks and saved states.</summary>
internal abstract class TwoDriverEnsemble : IEnsemble
{
    /// <summary>"CENS" as little-endian bytes: what a saved ensemble begins with.</summary>
    private const int Magic = 0x534E4543;

    /// <summary>Version of the layout of saved states. Version 1: docs/formats/ensemble-state.md.</summary>
    private const int FormatVersion = 1;

    private readonly MethodIdentity identity;
    private readonly SynchronousDrive drive = new();
    private Frontier? frontier;

    protected TwoDriverEnsemble(MethodIdentity identity, int index, EnsembleShape shape)
    {
        this.identity = identity;
        Index = index;
        Shape = shape;
        Record = new ChainRecord(shape);
    }

    public int Index { get; }

    public int Iteration => Record.Iteration;

    public ChainDigest Digest => Record.Digest;

    public string? Refusal => Record.Refusal;

    public bool HasBlock => Record.Iteration > Record.Buffer.From;

    public long BufferedBytes => Record.Buffer.Bytes;

    protected EnsembleShape Shape { get; }

    protected ChainRecord Record { get; }

    public void TakeReady(int horizon, List<EvaluationRequest> ready)
    {
        ArgumentNullException.ThrowIfNull(ready);
        if (Refusal is null)
        {
            (frontier ??= CreateFrontier()).TakeReady(horizon, ready);
        }
    }

    public void ReturnUnfinished() => frontier?.ReturnUnfinished();

    public bool Settle(EvaluationId id, EvaluationOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return Refusal is null && (frontier ??= CreateFrontier()).Settle(id, outcome);
    }

    public void Advance(ILikelihood likelihood, int to, AdvanceLimits limits)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        ArgumentNullException.ThrowIfNull(limits);
        if (likelihood.NaturalDimension != Shape.NaturalDimension || likelihood.RecordedCount != Shape.RecordedCount)
        {
            throw new ArgumentException(
                $"The likelihood takes {likelihood.NaturalDimension} parameters and records {likelihood.RecordedCount} outputs; this method has {Shape.NaturalDimension} and {Shape.RecordedCount}.",
                nameof(likelihood));
        }

        if (Iteration < 0 && StartsByDataflow)
        {
            frontier ??= CreateFrontier();
        }

        if (frontier is not null && Refusal is null)
        {
            int halfWay = Math.Min(to, Math.Max(frontier.EvaluatedThrough, StartsByDataflow ? 0 : -1));
            frontier.ReturnUnfinished();
            if (halfWay > Iteration && !drive.Run(frontier, Record, likelihood, halfWay, Shape, limits))
            {
                return;
            }

            DropEmptyFrontier();
        }

        if (frontier is null && Refusal is null)
        {
            RunTight(likelihood, to, limits);
        }
    }

    public Block PeekBlock()
    {
        if (!HasBlock)
        {
            throw new InvalidOperationException("No iteration was completed since the last cut.");
        }

        ArrayBufferWriter<byte> endState = new();
        Save(endState, cut: true);
        return Record.Buffer.ToBlock(Index, Iteration, endState.WrittenSpan.ToArray());
    }

    public void DropBlock() => Record.Buffer.Cut(Iteration);

    public void Save(IBufferWriter<byte> writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Save(writer, cut: false);
    }

    /// <summary>Reads what <see cref="Save(IBufferWriter{byte})"/> wrote, into a fresh ensemble.</summary>
    /// <exception cref="InvalidDataException">The state is damaged or of another run.</exception>
    internal void Restore(ReadOnlySpan<byte> state)
    {
        StateReader reader = new(state);
        if (reader.Int32() != Magic)
        {
            throw StateReader.Damaged();
        }

        Expect("format version", reader.Int32(), FormatVersion);
        string name = reader.Text();
        if (!string.Equals(name, identity.Name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The saved state is of the method '{name}', not of '{identity.Name}'.");
        }

        Expect("version of the method", reader.Int32(), identity.Version);
        Expect("ensemble", reader.Int32(), Index);
        Expect("number of walkers", reader.Int32(), Shape.Walkers);
        Expect("number of sampled parameters", reader.Int32(), Shape.Dimension);
        Expect("number of recorded outputs", reader.Int32(), Shape.RecordedCount);
        Expect("thinning", reader.Int32(), Shape.Thin);
        Record.Restore(ref reader, Index);
        frontier = CreateFrontier();
        frontier.Restore(ref reader);
        if (!reader.AtEnd)
        {
            throw StateReader.Damaged();
        }

        DropEmptyFrontier();
    }

    /// <summary>Whether iteration 0 is made by the dataflow driver in both cases.</summary>
    protected abstract bool StartsByDataflow { get; }

    protected abstract Frontier CreateFrontier();

    /// <summary>Runs complete iterations from a state in which nothing is settled beyond <see cref="Iteration"/>.</summary>
    protected abstract void RunTight(ILikelihood likelihood, int to, AdvanceLimits limits);

    private static void Expect(string what, int found, int expected)
    {
        if (found != expected)
        {
            throw new InvalidDataException($"The saved state has {what} {found}; {expected} was expected.");
        }
    }

    // A frontier in which nothing is settled is memory only: it is made again when the dataflow driver needs it.
    private void DropEmptyFrontier()
    {
        if (frontier?.EvaluatedThrough == Iteration)
        {
            frontier = null;
        }
    }

    private void Save(IBufferWriter<byte> destination, bool cut)
    {
        StateWriter writer = new(destination);
        writer.Int32(Magic);
        writer.Int32(FormatVersion);
        writer.Text(identity.Name);
        writer.Int32(identity.Version);
        writer.Int32(Index);
        writer.Int32(Shape.Walkers);
        writer.Int32(Shape.Dimension);
        writer.Int32(Shape.RecordedCount);
        writer.Int32(Shape.Thin);
        Record.Save(writer, cut);
        if (frontier is null)
        {
            Frontier.SaveNothing(writer);
        }
        else
        {
            frontier.Save(writer);
        }
    }
}
