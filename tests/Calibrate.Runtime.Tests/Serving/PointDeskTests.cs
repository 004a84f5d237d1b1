using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Serving;

namespace Calibrate.Runtime.Tests.Serving;

public class PointDeskTests
{
    private const double Second = 1;

    private readonly PointDesk desk = new(VerdictRules.Default);
    private double now;

    [Fact]
    public void Points_are_named_once_and_answered_with_their_outcome()
    {
        Ready(slots: 1);
        var points = Enumerable.Range(0, 200).Select(i => Ask(i)).ToList();
        List<EvaluationId> ids = [];
        while (Batches() is [var batch])
        {
            ids.Add(Assert.Single(batch.Requests).Id);
            Answer(batch);
        }

        Assert.Equal(200, ids.Distinct().Count());
        Assert.Equal(ids.OrderBy(id => id.Iteration).ThenBy(id => id.Walker), ids);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (double)i), points.Select(Value));
        Assert.Equal(0, desk.Open);
    }

    [Fact]
    public void Answers_are_received_at_once()
    {
        Ready(slots: 2);
        Ask(1);
        Ask(2);
        var batches = Batches();
        desk.Handle(new EvaluationsReturned([.. batches.Select(AnswerOf)]), now);
        Assert.Equal(batches.Select(batch => batch.Batch), desk.Plan(now).OfType<AnswersJournaled>().Single().Batches);
        Assert.Empty(desk.Plan(now).OfType<AnswersJournaled>());
    }

    [Fact]
    public void Points_wait_while_there_is_nobody()
    {
        Ready(slots: 0);
        var point = Ask(7);
        Assert.Empty(Batches());
        desk.Handle(new SlotsChanged(1, 0), now);
        Answer(Assert.Single(Batches()));
        Assert.Equal(7, Value(point));
    }

    [Fact]
    public void A_lost_point_is_handed_out_again_and_a_late_answer_changes_nothing()
    {
        Ready(slots: 1);
        var point = Ask(7);
        var lost = Assert.Single(Batches());
        Lose(lost, death: null);
        var again = Assert.Single(Batches());
        Assert.Equal(lost.Requests[0].Id, again.Requests[0].Id);
        Answer(again);
        desk.Handle(new EvaluationsReturned([new BatchAnswer(lost.Batch, [new(lost.Requests[0].Id, new Evaluated(-1, []))], Second)]), now);
        Assert.Equal(7, Value(point));
        Assert.Equal(1, desk.Fare().StepsSettled);
    }

    [Fact]
    public void Everything_is_handed_out_again_when_the_transport_broke_down()
    {
        Ready(slots: 2);
        Ask(1);
        Ask(2);
        var before = Batches();
        desk.Handle(new WorkLost(), now);
        Assert.Equal(Ids(before), Ids(Batches()));
    }

    [Fact]
    public void A_straggler_is_hedged_and_the_first_answer_counts()
    {
        Ready(slots: 2);
        var point = Ask(7);
        var first = Assert.Single(Batches());
        var copy = Assert.Single(AfterWaiting());
        Assert.Equal(Ids([first]), Ids([copy]));
        Assert.Equal(1, desk.Fare().Hedged);
        Answer(copy);
        Answer(first);
        Assert.Equal(7, Value(point));
    }

    [Fact]
    public void Three_deaths_are_a_verdict_for_this_point_alone()
    {
        Ready(slots: 1);
        var deadly = Ask(1);
        var harmless = Ask(2);
        for (var deaths = 0; !deadly.Done.Task.IsCompleted;)
        {
            Assert.True(deaths < 4);
            var batch = Assert.Single(Batches());
            if (batch.Requests[0].Parameters[0] == 1)
            {
                Lose(batch, death: FormattableString.Invariant($"worker {++deaths}"));
            }
            else
            {
                Answer(batch);
            }
        }

        var verdict = Assert.IsType<ResourceExceeded>(Outcome(deadly));
        Assert.Equal(ResourceKind.Crash, verdict.Kind);
        Assert.Contains("worker 1, worker 2, worker 3", verdict.Message, StringComparison.Ordinal);
        foreach (var batch in Batches())
        {
            Answer(batch);
        }

        Assert.Equal(2, Value(harmless));
        Answer(Batch(Ask(3)));
    }

    [Fact]
    public void Limits_and_failures_of_the_model_are_outcomes()
    {
        Ready(slots: 1);
        foreach (var outcome in (EvaluationOutcome[])[new ModelFailed(ModelFailureKind.NotANumber, "nan"), new ResourceExceeded(ResourceKind.Time, "slow")])
        {
            var point = Ask(1);
            var batch = Assert.Single(Batches());
            desk.Handle(new EvaluationsReturned([new BatchAnswer(batch.Batch, [new(batch.Requests[0].Id, outcome)], Second)]), now);
            Assert.Same(outcome, Outcome(point));
        }
    }

    [Fact]
    public void A_disagreement_ends_everything()
    {
        Ready(slots: 1);
        var end = Assert.Throws<RunException>(() => desk.Handle(
            new ResultsDisagreed(new EvaluationRequest(default, [0.5]), ("a", new Evaluated(1, [])), ("b", new Evaluated(2, []))), now));
        Assert.Contains("a has log likelihood 1, b has log likelihood 2. Parameters: 0.5.", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_quiet_after_the_engine_was_told_to_stop_and_says_so()
    {
        Ready(slots: 1);
        Ask(1);
        Assert.Single(Batches());
        Ask(2);
        desk.Handle(new StopServing(), now);
        Assert.IsType<CancelWork>(Assert.Single(desk.Plan(now)));
        Assert.False(desk.IsQuiet);
        Assert.Empty(desk.Plan(now));
        desk.Handle(new EngineQuiet(), now);
        Assert.True(desk.IsQuiet);
    }

    [Fact]
    public void Iterations_that_are_answered_whole_are_told_as_settled()
    {
        Ready(slots: 1);
        Assert.Equal((0, 0), (desk.Fare().Iteration, desk.Fare().Iterations));
        var points = Enumerable.Range(0, PointDesk.PerIteration + 1).Select(i => Ask(i)).ToList();
        Assert.Equal((0, 2), (desk.Fare().Iteration, desk.Fare().Iterations));
        while (points.Count(point => point.Done.Task.IsCompleted) < PointDesk.PerIteration)
        {
            Answer(Assert.Single(Batches()));
        }

        var fare = desk.Fare();
        Assert.Equal((1, 2, PointDesk.PerIteration, 1), (fare.Iteration, fare.Iterations, (int)fare.StepsSettled, (int)fare.StepsLeft));
    }

    [Fact]
    public void News_of_workers_change_nothing_and_blocks_are_a_mistake()
    {
        desk.Handle(new WorkerAdmitted(new WorkerId("w"), "here", 1), now);
        Assert.Equal(0, desk.Slots);
        Assert.Throws<ArgumentException>(() => desk.Handle(new EnsembleRefused(0, "no"), now));
    }

    private void Ready(int slots) => desk.Handle(new EngineReady(ExecutionMode.Dataflow, slots, Second), now);

    private PointAsked Ask(double value)
    {
        PointAsked point = new([value]);
        desk.Handle(point, now);
        return point;
    }

    private List<DispatchBatch> Batches() => [.. desk.Plan(now).OfType<DispatchBatch>()];

    private DispatchBatch Batch(PointAsked point) => Batches().Single(batch => batch.Requests[0].Parameters == point.Natural);

    // What is handed out when the desk wants to be woken, and nothing else happens.
    private List<DispatchBatch> AfterWaiting()
    {
        for (var times = 0; times < 10; times++)
        {
            desk.Handle(new Tick(), now += 2 * Second);
            if (Batches() is { Count: > 0 } batches)
            {
                return batches;
            }
        }

        return [];
    }

    private void Answer(DispatchBatch batch) => desk.Handle(new EvaluationsReturned([AnswerOf(batch)]), now += Second);

    private static BatchAnswer AnswerOf(DispatchBatch batch) => new(
        batch.Batch, [.. batch.Requests.Select(request => new SettledEvaluation(request.Id, new Evaluated(request.Parameters[0], [])))], Second);

    private void Lose(DispatchBatch batch, string? death) => desk.Handle(
        new EvaluationsReturned([new BatchAnswer(
            batch.Batch, [.. batch.Requests.Select(request => new SettledEvaluation(request.Id, new Lost("gone") { Death = death }))], 0)]),
        now += Second);

    private static EvaluationOutcome Outcome(PointAsked point)
    {
        Assert.True(point.Done.Task.IsCompletedSuccessfully);
        return point.Done.Task.Result;
    }

    private static double Value(PointAsked point) => Assert.IsType<Evaluated>(Outcome(point)).LogLikelihood;

    private static List<EvaluationId> Ids(IEnumerable<DispatchBatch> batches) => [.. batches.SelectMany(batch => batch.Requests).Select(request => request.Id)];
}
