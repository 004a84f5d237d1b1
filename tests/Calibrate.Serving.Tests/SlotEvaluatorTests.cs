using System.Collections.Concurrent;
using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;

namespace Calibrate.Serving.Tests;

public class SlotEvaluatorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_slot_is_made_when_its_first_evaluation_arrives_and_goes_with_the_evaluator()
    {
        Slots slots = new(x => new Evaluated(2 * x, []));
        await using (SlotEvaluator evaluator = new(slots, 1))
        {
            Assert.Empty(slots.Made);
            Assert.Equal(6, Assert.IsType<Evaluated>(await evaluator.EvaluateAsync([3])).LogLikelihood);
            Assert.Equal(8, Assert.IsType<Evaluated>(await evaluator.EvaluateAsync([4])).LogLikelihood);
        }

        Assert.True(Assert.Single(slots.Made).IsDisposed);
    }

    [Fact]
    public async Task What_was_lost_is_evaluated_again_and_three_deaths_are_an_answer()
    {
        int asked = 0;
        Slots slots = new(x => (x, ++asked) switch
        {
            (1, <= 4) => new Lost("the machine slept"),
            (2, _) => new Lost("segmentation fault") { Death = $"process {asked}" },
            _ => new Evaluated(x, []),
        });
        await using SlotEvaluator evaluator = new(slots, 1);
        Assert.IsType<Evaluated>(await evaluator.EvaluateAsync([1]));
        Assert.Equal(5, asked);
        Assert.Equal(
            new ResourceExceeded(ResourceKind.Crash, "3 processes died at these parameters: segmentation fault"), await evaluator.EvaluateAsync([2]));
        Assert.Equal(8, asked);
        Assert.Single(slots.Made);
    }

    [Fact]
    public async Task A_slot_whose_model_cannot_go_on_fails_one_request_and_the_next_gets_a_fresh_one()
    {
        Slots slots = new(x => x < 0 ? throw new RunException("the licence ran out") : new Evaluated(x, []));
        await using SlotEvaluator evaluator = new(slots, 1);
        Assert.Equal("the licence ran out", (await Assert.ThrowsAsync<RunException>(() => evaluator.EvaluateAsync([-1]))).Message);
        Assert.IsType<Evaluated>(await evaluator.EvaluateAsync([1]));
        Assert.Equal([true, false], slots.Made.Select(slot => slot.IsDisposed));
    }

    [Fact]
    public async Task Slots_work_side_by_side()
    {
        using Barrier together = new(3);
        Slots slots = new(x => together.SignalAndWait(Patience) ? new Evaluated(x, []) : new Lost("alone"));
        await using SlotEvaluator evaluator = new(slots, 3);
        EvaluationOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => evaluator.EvaluateAsync([i])));
        Assert.Equal([0.0, 1, 2], outcomes.Select(outcome => Assert.IsType<Evaluated>(outcome).LogLikelihood));
    }

    [Fact]
    public async Task Who_waits_or_comes_when_it_stops_is_told_so()
    {
        using ManualResetEventSlim begun = new();
        Slots slots = new((_, stopped) =>
        {
            begun.Set();
            stopped.WaitHandle.WaitOne(Patience);
            return new Lost("given up");
        });
        SlotEvaluator evaluator = new(slots, 1);
        Task<EvaluationOutcome> underWay = evaluator.EvaluateAsync([1]);
        Assert.True(begun.Wait(Patience));
        Task<EvaluationOutcome> waiting = evaluator.EvaluateAsync([2]);
        await evaluator.DisposeAsync();
        foreach (Task<EvaluationOutcome> task in (Task<EvaluationOutcome>[])[underWay, waiting, evaluator.EvaluateAsync([3])])
        {
            Assert.Equal("the server is being stopped", (await Assert.ThrowsAsync<RunException>(() => task)).Message);
        }
    }

    private sealed class Slots(Func<double, CancellationToken, EvaluationOutcome> evaluate) : ISlotFactory
    {
        public Slots(Func<double, EvaluationOutcome> evaluate)
            : this((x, _) => evaluate(x))
        {
        }

        public ConcurrentQueue<Slot> Made { get; } = [];

        public ISlot Create()
        {
            Slot slot = new(evaluate);
            Made.Enqueue(slot);
            return slot;
        }
    }

    private sealed class Slot(Func<double, CancellationToken, EvaluationOutcome> evaluate) : ISlot
    {
        public bool IsDisposed { get; private set; }

        public IReadOnlyList<SettledEvaluation> Evaluate(IReadOnlyList<EvaluationRequest> requests, CancellationToken cancellationToken = default) =>
            [.. requests.Select(request => new SettledEvaluation(request.Id, evaluate(request.Parameters[0], cancellationToken)))];

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
