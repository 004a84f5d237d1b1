using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Testing.Methods;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Coordination;

public partial class DispatcherTests
{
    private readonly IEnsemble[] ensembles = [.. Enumerable.Range(0, 2).Select(new RelayMethod(seed: 1, ensembles: 2, walkers: 16).Create)];

    [Theory]
    [InlineData(0.1, 4, 4, 1)] // slow: single evaluations, one per slot
    [InlineData(0.005, 4, 8, 1)] // more than 2 ms: single, but a second one waits at every slot
    [InlineData(0.001, 4, 4, 8)] // ceil(32 / 4) = 8
    [InlineData(0.001, 5, 5, 7)] // ceil(32 / 5) = 7
    [InlineData(0.001, 1, 1, 32)] // all of it: less than 50 ms of work
    [InlineData(0.0019, 1, 2, 26)] // 50 ms / 1.9 ms = 26
    public void Batches_are_fair_and_brief(double seconds, int slots, int batches, int size)
    {
        var planned = Plan(new Dispatcher(slots, barrier: false, seconds));
        Assert.Equal(batches, planned.Count);
        Assert.Equal(size, planned[0].Requests.Count);
    }

    [Fact]
    public void The_oldest_iteration_goes_first()
    {
        var dispatcher = new Dispatcher(slots: 1, barrier: false, secondsPerEvaluation: 1);
        Settle(dispatcher, TakeAll(ensembles[0]));
        ensembles[0].ReturnUnfinished();

        // Ensemble 0 is at iteration 1 now, ensemble 1 still at the initial one: it must catch up first.
        Assert.Equal(new EvaluationId(1, 0, 0, 0), Plan(dispatcher)[0].Requests[0].Id);
    }

    [Fact]
    public void What_is_lost_is_dispatched_again_and_what_is_settled_is_not()
    {
        var dispatcher = new Dispatcher(slots: 1, barrier: false, secondsPerEvaluation: 1);
        var batch = Assert.Single(Plan(dispatcher));
        var id = Assert.Single(batch.Requests).Id;
        Assert.True(dispatcher.Awaits(id));

        Assert.Empty(Receive(dispatcher, new BatchAnswer(batch.Batch, [new SettledEvaluation(id, new Lost("test"))], 1)));
        var again = Assert.Single(Plan(dispatcher));
        Assert.Equal(id, Assert.Single(again.Requests).Id);

        Assert.Single(Receive(dispatcher, new BatchAnswer(again.Batch, [new SettledEvaluation(id, new Evaluated(0, []))], 1)));
        dispatcher.Settled(id);
        Assert.False(dispatcher.Awaits(id));
        Assert.NotEqual(id, Assert.Single(Assert.Single(Plan(dispatcher)).Requests).Id);
    }

    [Fact]
    public void A_barrier_waits_for_everything_of_an_iteration()
    {
        var dispatcher = new Dispatcher(slots: 2, barrier: true, secondsPerEvaluation: 1);
        var batches = Plan(dispatcher);
        Assert.Equal(32, batches.Sum(batch => batch.Requests.Count));
        Assert.All(batches.SelectMany(batch => batch.Requests), request => Assert.Equal(0, request.Id.Iteration));
        Assert.Empty(Plan(dispatcher));
    }

    [Fact]
    public void A_barrier_goes_on_at_once_after_iterations_that_the_prior_rejected()
    {
        var stuck = MethodFactory.Create(TestProblems.Stuck, seed: 1).Create(0);
        var dispatcher = new Dispatcher(slots: 2, barrier: true, secondsPerEvaluation: 1);
        var passed = 0;
        while (stuck.Iteration < 500)
        {
            List<RunEffect> effects = [];
            var before = stuck.Iteration;
            dispatcher.Plan([stuck], horizon: 500, now: 0, effects);
            passed += stuck.Iteration - before;
            Assert.True(effects.Count > 0 || stuck.Iteration == 500, $"nothing to do at iteration {stuck.Iteration}");
            foreach (var request in effects.OfType<DispatchBatch>().SelectMany(batch => batch.Requests))
            {
                stuck.Settle(request.Id, new Evaluated(0, []));
                dispatcher.Settled(request.Id);
            }
        }

        Assert.True(passed > 100, $"{passed} iterations without an evaluation");
    }

    [Fact]
    public void The_widest_moment_is_that_of_the_graph_and_not_of_the_initial_positions()
    {
        var dispatcher = new Dispatcher(slots: 100, barrier: false, secondsPerEvaluation: 1);
        var batches = Plan(dispatcher);
        Assert.Equal(0, dispatcher.Widest);
        Settle(dispatcher, [.. batches.SelectMany(batch => batch.Requests)]);
        Plan(dispatcher);
        Assert.InRange(dispatcher.Widest, 1, 32);
    }

    private List<DispatchBatch> Plan(Dispatcher dispatcher, double now = 0, int horizon = 100)
    {
        List<RunEffect> effects = [];
        dispatcher.Plan(ensembles, horizon, now, effects);
        return [.. effects.OfType<DispatchBatch>()];
    }

    private static List<EvaluationRequest> TakeAll(IEnsemble ensemble)
    {
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(0, ready);
        return ready;
    }

    private void Settle(Dispatcher dispatcher, List<EvaluationRequest> requests)
    {
        foreach (var request in requests)
        {
            ensembles[request.Id.Ensemble].Settle(request.Id, new Evaluated(0, []));
            dispatcher.Settled(request.Id);
        }
    }

    private static List<SettledEvaluation> Receive(Dispatcher dispatcher, BatchAnswer answer)
    {
        List<SettledEvaluation> fresh = [];
        dispatcher.Receive(answer, 0, fresh);
        return fresh;
    }
}
