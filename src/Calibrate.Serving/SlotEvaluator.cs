using System.Threading.Channels;
using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;
using Calibrate.Runtime.Slots;

namespace Calibrate.Serving;

/// <summary>
/// Evaluates on slots of this machine, a thread for each, from one queue. Who finds the queue full waits. A slot is made when its first evaluation
/// arrives, and made anew after its model said that it cannot go on.
/// </summary>
public sealed class SlotEvaluator : IEvaluator
{
    /// <summary>An evaluation that kills its process so often is to blame itself.</summary>
    private const int MostDeaths = 3;

    /// <summary>Evaluations that wait per slot before those who ask for more are made to wait.</summary>
    private const int QueuedPerSlot = 64;

    private readonly ISlotFactory factory;
    private readonly Channel<Work> queue;
    private readonly Thread[] threads;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationToken stopped;

    /// <summary>Starts the threads.</summary>
    /// <param name="factory">Makes the slots.</param>
    /// <param name="slots">Evaluations at the same time, at least 1.</param>
    public SlotEvaluator(ISlotFactory factory, int slots)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        this.factory = factory;
        stopped = stopping.Token;
        queue = Channel.CreateBounded<Work>(QueuedPerSlot * slots);
        threads = [.. Enumerable.Range(0, slots).Select(i => new Thread(Serve) { IsBackground = true, Name = $"served slot {i}" })];
        Array.ForEach(threads, thread => thread.Start());
    }

    /// <inheritdoc/>
    public async Task<EvaluationOutcome> EvaluateAsync(double[] natural)
    {
        ArgumentNullException.ThrowIfNull(natural);
        var work = new Work(new EvaluationRequest(default, natural));
        try
        {
            await queue.Writer.WriteAsync(work, stopped);
        }
        catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException)
        {
            throw Stopping();
        }

        return await work.Done.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        while (queue.Reader.TryRead(out var work))
        {
            work.Done.TrySetException(Stopping());
        }

        await Task.Run(() => Array.ForEach(threads, thread => thread.Join()));
        stopping.Dispose();
    }

    private void Serve()
    {
        ISlot? slot = null;
        while (TryTake(out var work))
        {
            try
            {
                slot ??= factory.Create();
                work!.Done.TrySetResult(Evaluate(slot, work.Request));
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // whatever it is, it is the answer to this request, and the next one gets a fresh slot
                work!.Done.TrySetException(exception);
                Dispose(ref slot);
            }
        }

        Dispose(ref slot);
    }

    private EvaluationOutcome Evaluate(ISlot slot, EvaluationRequest request)
    {
        for (var deaths = 0; ;)
        {
            var outcome = slot.Evaluate([request], stopped)[0].Outcome;
            if (outcome is not Lost lost)
            {
                return outcome;
            }

            if (stopped.IsCancellationRequested)
            {
                throw Stopping();
            }

            if (lost.Death is not null && ++deaths == MostDeaths)
            {
                return new ResourceExceeded(ResourceKind.Crash, $"{MostDeaths} processes died at these parameters: {lost.Reason}");
            }
        }
    }

    private static RunException Stopping() => new("the server is being stopped");

    private bool TryTake(out Work? work)
    {
        while (!queue.Reader.TryRead(out work))
        {
            if (!queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                return false;
            }
        }

        return true;
    }

    private static void Dispose(ref ISlot? slot)
    {
        slot?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        slot = null;
    }

    private sealed record Work(EvaluationRequest Request)
    {
        public TaskCompletionSource<EvaluationOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
