using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>
/// The chain hash: SHA-256 of the iteration N and every ensemble's digest after N. Equal hashes mean the same chain to the last bit, however the
/// work was split, scheduled, thinned or interrupted.
/// </summary>
public static class RunHash
{
    /// <summary>The chain hash of a run at an iteration.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="iteration">An iteration that every ensemble has journaled; null for the run's result so far.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="RunException">There is no such iteration.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static async Task<string> AtAsync(
        IJournal journal, RunId run, int? iteration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var state = await RunRecovery.FoldAsync(journal, run, method: null, cancellationToken)
            ?? throw new RunException($"Run '{run}' was created but never started.");
        var at = iteration ?? state.ResultIteration;
        if (at < 0 || at > state.CommonIteration)
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"Run '{run}' has no iteration {Math.Max(0, at)} that all ensembles share yet."));
        }

        var digests = new ulong[2 * state.Identity.Ensembles];
        var missing = state.Identity.Ensembles;
        await foreach (var entry in journal.ReadTransientAsync(run, 1, cancellationToken))
        {
            if (entry.Kind == (int)RunEventKind.IterationsAdvanced
                && Collect(BlockView.Of(entry.Payload.Span), at, digests)
                && --missing == 0)
            {
                break;
            }
        }

        return Of(at, digests);
    }

    /// <summary>The chain hash of given digests.</summary>
    /// <param name="iteration">The iteration N.</param>
    /// <param name="digests">Two words per ensemble, in the order of the ensembles.</param>
    public static string Of(int iteration, ReadOnlySpan<ulong> digests)
    {
        var bytes = new byte[sizeof(long) + (digests.Length * sizeof(ulong))];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, iteration);
        for (var i = 0; i < digests.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(sizeof(long) + (i * sizeof(ulong))), digests[i]);
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static bool Collect(BlockView block, int iteration, ulong[] digests)
    {
        if (block.From >= iteration || block.To < iteration)
        {
            return false;
        }

        block.Digests.Slice(2 * (iteration - block.From - 1), 2).CopyTo(digests.AsSpan(2 * block.Ensemble));
        return true;
    }
}
