using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Testing.Methods;

namespace Calibrate.Runtime.Tests.Coordination;

/// <summary>What becomes of batches that are late, lost, never answered, or deadly.</summary>
public partial class DispatcherTests
{
    private readonly HandingEnsemble given = new();

    [Theory]
    [InlineData(0.2, 2)] // one evaluation per batch, one batch per slot
    [InlineData(0.005, 2)] // a second batch waits at every slot
    [InlineData(0.001, 3.5)] // a batch holds a quarter of an iteration, and is waited for as long as all of it may take
    public void An_iteration_with_one_frozen_slot_of_four_takes_hardly_longer(double seconds, double most)
    {
        var ensemble = ensembles[0];
        var dispatcher = new Dispatcher(slots: 4, barrier: false, seconds);

        // log-normal with sigma = 0.3, the same for an evaluation whoever makes it
        var slots = new VirtualSlots(dispatcher, [ensemble], 4, id => seconds * Math.Exp(0.3 * Math.Sin((id.Walker * 12.9898) + (id.Iteration * 78.233))));
        slots.RunUntil(() => ensemble.Iteration == 40, horizon: 40);
        var before = slots.Now;
        slots.RunUntil(() => ensemble.Iteration == 60, horizon: 60);
        var normal = (slots.Now - before) / 20;

        before = slots.Now;
        slots.Frozen.Add(2);
        slots.RunUntil(() => ensemble.Iteration == 61, horizon: 61);
        Assert.InRange((slots.Now - before) / normal, 0.5, most);

        // and it goes on with the three that are left
        before = slots.Now;
        slots.RunUntil(() => ensemble.Iteration == 81, horizon: 81);
        Assert.InRange((slots.Now - before) / normal / 20, 0.5, 2);
    }

    [Fact]
    public void A_straggler_is_repeated_at_doubling_times()
    {
        var dispatcher = Measured(slots: 8, out var straggler, seconds: 1);
        List<double> times = [];
        for (var now = 1000.0; now < 1016; now += 0.25)
        {
            // given up after 20 s, which is not reached here
            times.AddRange(Give(dispatcher, now).Select(hedge => now - 1000));
        }

        Assert.Equal([1, 2, 4, 8], times);
        Assert.Equal(4, dispatcher.Hedged);
        Assert.True(dispatcher.Awaits(straggler.Requests[0].Id));
    }

    [Fact]
    public void The_worst_half_step_with_one_frozen_slot_of_four_takes_less_than_twice_the_normal_one()
    {
        // 32 walkers and 50 ms: sixteen evaluations are half a step
        var ensemble = new RelayMethod(seed: 1, ensembles: 1, walkers: 32).Create(0);
        var dispatcher = new Dispatcher(slots: 4, barrier: false, secondsPerEvaluation: 0.05);
        var slots = new VirtualSlots(dispatcher, [ensemble], 4, _ => 0.05);
        slots.RunUntil(() => ensemble.Iteration == 40, horizon: 80);
        Assert.Equal(0.2, Worst(slots.Settled), 9);
        slots.Frozen.Add(2);
        slots.Settled.Clear();
        slots.RunUntil(() => ensemble.Iteration == 80, horizon: 80);
        Assert.InRange(Worst(slots.Settled), 0.2, 0.35);

        static double Worst(List<double> settled) => settled.Zip(settled.Skip(16), (before, after) => after - before).Max();
    }

    [Fact]
    public void Nothing_is_repeated_while_no_slot_idles_nor_while_something_is_ready_unless_it_takes_twice_as_long()
    {
        var busy = Measured(slots: 1, out _, seconds: 1);
        Assert.Empty(Give(busy, 1009));

        var waiting = Measured(slots: 2, out var straggler, seconds: 1);
        given.Give(5);
        var regular = Assert.Single(Give(waiting, 1001.9));
        Assert.NotEqual(straggler.Requests[0].Id, regular.Requests[0].Id);

        Assert.Empty(Give(waiting, 1002)); // both slots are busy
        Receive(waiting, Answer(regular, new Evaluated(0, [])));
        Assert.Equal(straggler.Requests[0].Id, Assert.Single(Give(waiting, 1002.9)).Requests[0].Id);
        Assert.Equal(1, waiting.Hedged);
    }

    [Fact]
    public void Ahead_of_ready_work_a_straggler_is_repeated_once_per_doubling()
    {
        var dispatcher = Measured(slots: 4, out var straggler, seconds: 1);
        given.Give(100);
        List<double> repeated = [];
        for (var now = 1000.0; now < 1019; now += 0.5)
        {
            foreach (var batch in Give(dispatcher, now))
            {
                if (batch.Requests[0].Id == straggler.Requests[0].Id)
                {
                    repeated.Add(now - 1000); // whoever has the copy is frozen, too
                }
                else
                {
                    dispatcher.Receive(Answer(batch, new Evaluated(0, [])) with { Elapsed = 1 }, now + 0.5, []);
                }
            }
        }

        Assert.Equal([2, 8], repeated);
    }

    [Fact]
    public void Of_several_stragglers_one_is_repeated_at_a_time_and_the_oldest_first()
    {
        var dispatcher = Measured(slots: 4, out var oldest, seconds: 1);
        given.Give(1);
        var second = Assert.Single(Give(dispatcher, 1000.5));
        given.Give(10);
        Assert.Equal(2, Give(dispatcher, 1000.9).Count);
        dispatcher.Resize(7, 0);
        var planned = Give(dispatcher, 1003);
        Assert.Equal([oldest.Requests[0].Id], Ids(planned)[..1]);
        Assert.DoesNotContain(second.Requests[0].Id, Ids(planned));
        dispatcher.Resize(9, 0);
        Assert.Equal([second.Requests[0].Id], Ids(Give(dispatcher, 1003))[..1]);
    }

    [Fact]
    public void When_the_frozen_worker_is_declared_gone_those_left_are_kept_busy()
    {
        var dispatcher = Measured(slots: 4, out var frozen, seconds: 1);
        var copy = Assert.Single(Give(dispatcher, 1001));
        Receive(dispatcher, Answer(copy, new Evaluated(0, [])));
        dispatcher.Resize(3, 0);
        given.Give(5);
        Assert.Equal(3, Give(dispatcher, 1002).Count);

        // its late answer is nobody's place
        Assert.Empty(Receive(dispatcher, Answer(frozen, new Evaluated(0, []))));
        Assert.Empty(Give(dispatcher, 1002));
    }

    [Fact]
    public void A_late_batch_is_dealt_out_over_all_idle_slots()
    {
        var dispatcher = Measured(slots: 1, out var last, seconds: 0.001);
        Receive(dispatcher, Answer(last, new Evaluated(0, [])));
        given.Give(7);
        var batch = Assert.Single(Give(dispatcher, 2000));
        dispatcher.Resize(4, 0);
        var copies = Give(dispatcher, 2001);
        Assert.Equal([3, 3, 1], copies.Select(copy => copy.Requests.Count));
        Assert.Equal(batch.Requests.Select(request => request.Id), Ids(copies));
        Assert.Equal(7, dispatcher.Hedged);
    }

    [Fact]
    public void With_work_waiting_at_a_frozen_slot_it_is_woken_for_what_is_overdue()
    {
        // two batches per slot below 20 ms: with both at the frozen one of two slots, as many are under way as there are slots
        var dispatcher = Measured(slots: 2, out var straggler, seconds: 0.005);
        given.Give(1);
        Assert.Single(Give(dispatcher, 1000));
        Assert.Equal(1000.01, Assert.Single(Wakes(dispatcher, 1000.0051)), 9);
        Assert.Equal(straggler.Requests[0].Id, Assert.Single(Give(dispatcher, 1000.01)).Requests[0].Id);
    }

    [Fact]
    public void It_asks_to_be_woken_when_a_straggler_could_be_repeated_or_given_up()
    {
        var dispatcher = Measured(slots: 1, out _, seconds: 1);
        Assert.Empty(Wakes(dispatcher, 1000.5)); // no slot idles: only giving up is left, which was asked for with the batch
        dispatcher.Resize(8, 0);
        Assert.Equal(1001, Assert.Single(Wakes(dispatcher, 1000.6)), 9);
        Assert.Empty(Wakes(dispatcher, 1000.7)); // it is to be woken then already
        Assert.Equal(1002, Assert.Single(Wakes(dispatcher, 1001)), 9);
        dispatcher.Resize(1, 0);
        Assert.Equal(1020, Assert.Single(Wakes(dispatcher, 1003)), 9);
    }

    [Fact]
    public void A_batch_that_nobody_answers_for_is_given_up_and_a_late_answer_is_still_welcome()
    {
        var dispatcher = Measured(slots: 1, out var silent, seconds: 0.1);
        Assert.Empty(Give(dispatcher, 1009.9));
        var again = Assert.Single(Give(dispatcher, 1010));
        Assert.Equal(silent.Requests[0].Id, again.Requests[0].Id);
        Assert.Equal(1, dispatcher.Redispatched);

        // twice as long for the second time
        Assert.Empty(Give(dispatcher, 1029.9));
        Assert.Single(Give(dispatcher, 1030));

        Assert.Single(Receive(dispatcher, Answer(silent, new Evaluated(0, []))));
        Assert.Empty(Receive(dispatcher, Answer(again, new Evaluated(0, []))));
    }

    [Fact]
    public void What_was_answered_for_while_it_waited_is_not_dispatched_again()
    {
        var dispatcher = Measured(slots: 1, out var silent, seconds: 0.1);
        dispatcher.LoseEverything();
        Assert.Single(Receive(dispatcher, Answer(silent, new Evaluated(0, [])) with { Batch = -1 }));
        Assert.Equal(0, dispatcher.Waiting);
        Assert.Empty(Give(dispatcher, 2000));
    }

    [Fact]
    public void Without_slots_nothing_is_dispatched_until_some_come()
    {
        var dispatcher = new Dispatcher(slots: 0, barrier: false, secondsPerEvaluation: 0);
        given.Give(32);
        Assert.Empty(Give(dispatcher));
        Assert.Equal((32, 0), (dispatcher.Waiting, dispatcher.InFlight));
        dispatcher.Resize(3, 1);
        Assert.Equal(3, Give(dispatcher).Count);
        dispatcher.Resize(1, 1);
        Assert.Empty(Give(dispatcher));
        dispatcher.Resize(5, 1);
        Assert.Equal(2, Give(dispatcher).Count);
    }

    [Fact]
    public void When_everything_is_lost_everything_is_dispatched_again()
    {
        var dispatcher = new Dispatcher(slots: 3, barrier: false, secondsPerEvaluation: 1);
        given.Give(3);
        var before = Ids(Give(dispatcher));
        dispatcher.LoseEverything();
        Assert.Equal(before, Ids(Give(dispatcher)));
        Assert.Equal(3, dispatcher.Redispatched);
    }

    [Fact]
    public void What_a_part_of_a_batch_left_open_is_ready_again_at_once()
    {
        var dispatcher = new Dispatcher(slots: 1, barrier: false, secondsPerEvaluation: 0.001);
        given.Give(16);
        var batch = Give(dispatcher)[0];
        Receive(dispatcher, new BatchAnswer(batch.Batch, [new SettledEvaluation(batch.Requests[0].Id, new Evaluated(0, []))], 0.001));
        Assert.Equal(batch.Requests[1].Id, Give(dispatcher)[0].Requests[0].Id);
    }

    [Fact]
    public void A_batch_that_a_process_died_with_is_taken_apart_and_its_killer_convicted()
    {
        var dispatcher = new Dispatcher(slots: 1, barrier: false, secondsPerEvaluation: 0.0005);
        given.Give(60);
        var killer = new EvaluationId(0, 1, 5, 0);
        var deaths = 0;
        List<SettledEvaluation> fresh = [];
        while (deaths < 20 && !fresh.Exists(settled => settled.Outcome is ResourceExceeded))
        {
            var planned = Give(dispatcher);
            Assert.InRange(planned.Count(batch => batch.Suspect), 0, 1);
            foreach (var batch in planned)
            {
                var dies = batch.Requests.Any(request => request.Id == killer);
                deaths += dies ? 1 : 0;
                dispatcher.Receive(Answer(batch, dies ? new Lost("died") { Death = $"process {deaths}" } : new Evaluated(0, [])), 0, fresh);
            }
        }

        // 60 in the first batch, halved to 30, to 15, to 8 and taken apart, and then three times alone
        Assert.Equal(4 + 3, deaths);
        var verdict = Assert.Single(fresh, settled => settled.Outcome is not Evaluated);
        Assert.Equal(killer, verdict.Id);
        Assert.Equal(ResourceKind.Crash, Assert.IsType<ResourceExceeded>(verdict.Outcome).Kind);
    }

    [Fact]
    public void A_suspect_is_never_repeated_on_an_idle_slot()
    {
        var dispatcher = Measured(slots: 8, out var straggler, seconds: 1);
        Receive(dispatcher, Answer(straggler, new Lost("died") { Death = "process 1" }));
        Assert.True(Assert.Single(Give(dispatcher, 1001)).Suspect);
        Assert.Empty(Give(dispatcher, 1019));
    }

    // A dispatcher that has seen 300 evaluations of the same length, and has one batch of one evaluation under way since 1000 s.
    private Dispatcher Measured(int slots, out DispatchBatch last, double seconds)
    {
        var dispatcher = new Dispatcher(slots, barrier: false, seconds);
        for (var i = 0; i < 300; i++)
        {
            given.Give(1);
            var batch = Assert.Single(Give(dispatcher, i * seconds));
            dispatcher.Receive(Answer(batch, new Evaluated(0, [])) with { Elapsed = seconds }, (i + 1) * seconds, []);
            dispatcher.Settled(batch.Requests[0].Id);
        }

        given.Give(1);
        last = Assert.Single(Give(dispatcher, 1000));
        return dispatcher;
    }

    private List<DispatchBatch> Give(Dispatcher dispatcher, double now = 0) => [.. Effects(dispatcher, now).OfType<DispatchBatch>()];

    private IEnumerable<double> Wakes(Dispatcher dispatcher, double now) => Effects(dispatcher, now).OfType<WakeAt>().Select(wake => wake.Seconds);

    private List<RunEffect> Effects(Dispatcher dispatcher, double now)
    {
        List<RunEffect> effects = [];
        dispatcher.Plan([given], 100, now, effects);
        return effects;
    }

    private static List<EvaluationId> Ids(List<DispatchBatch> batches) => [.. batches.SelectMany(batch => batch.Requests).Select(request => request.Id)];

    private static BatchAnswer Answer(DispatchBatch batch, EvaluationOutcome outcome) =>
        new(batch.Batch, [.. batch.Requests.Select(request => new SettledEvaluation(request.Id, outcome))], batch.Requests.Count);
}
