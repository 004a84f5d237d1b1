using System.Buffers;
using Calibrate.Inference;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// One ensemble within the state of a run: the end state of its last journaled block, and the outcomes that were journaled since,
/// settled into a living ensemble. An ensemble whose blocks the engine makes stays a string of bytes.
/// </summary>
public sealed class EnsembleState
{
    private ReadOnlyMemory<byte> saved;
    private IEnsemble? live;

    internal EnsembleState(int index) => Index = index;

    internal EnsembleState(int index, int journaled, ReadOnlyMemory<byte> state)
    {
        Index = index;
        Journaled = journaled;
        saved = state;
    }

    /// <summary>Index of the ensemble.</summary>
    public int Index { get; }

    /// <summary>Last iteration whose draws are in the journal; -1 when none is.</summary>
    public int Journaled { get; private set; } = -1;

    /// <summary>Walker steps in the journal.</summary>
    public long WalkerSteps { get; internal set; }

    /// <summary>Accepted walker steps in the journal.</summary>
    public long Accepted { get; internal set; }

    /// <summary>Evaluations whose outcomes entered journaled blocks.</summary>
    public long Evaluations { get; internal set; }

    /// <summary>The ensemble itself, brought to life from its bytes on first use.</summary>
    /// <param name="method">The run's method.</param>
    public IEnsemble Awaken(IMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return live ??= saved.IsEmpty ? method.Create(Index) : method.Restore(Index, saved);
    }

    /// <summary>The ensemble if it was awakened since its last block came from the engine, else null.</summary>
    public IEnsemble? Live => live;

    /// <summary>The ensemble's complete state, as <see cref="IEnsemble.Save"/> writes it.</summary>
    /// <param name="method">The run's method.</param>
    public ReadOnlyMemory<byte> Save(IMethod method)
    {
        if (live is null && !saved.IsEmpty)
        {
            return saved;
        }

        var writer = new ArrayBufferWriter<byte>();
        Awaken(method).Save(writer);
        return writer.WrittenMemory;
    }

    /// <summary>The bytes kept without a method at hand: those of the last block or snapshot.</summary>
    internal ReadOnlyMemory<byte> Saved => saved;

    /// <summary>Takes in a journaled block.</summary>
    /// <param name="block">The block, following on <see cref="Journaled"/>.</param>
    /// <param name="cutFromLive">Whether the block was cut from the living ensemble here, which then only forgets what was cut.</param>
    internal void Advance(Block block, bool cutFromLive)
    {
        if (block.From != Journaled)
        {
            throw new InvalidDataException(
                $"A block of ensemble {Index} covers iterations {block.From + 1} to {block.To}, but the one before it ended at {Journaled}.");
        }

        if (cutFromLive)
        {
            live!.DropBlock();
        }
        else
        {
            live = null;
        }

        saved = block.EndState;
        Journaled = block.To;
        WalkerSteps += block.WalkerSteps;
        Accepted += block.Accepted;
        Evaluations += block.Evaluations;
    }
}
