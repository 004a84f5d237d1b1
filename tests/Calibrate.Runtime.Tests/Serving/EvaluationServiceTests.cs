using System.Collections.Concurrent;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Serving;
using Calibrate.Runtime.Tests.Hosting;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Serving;

public class EvaluationServiceTests
{
    private readonly Problem problem = TestProblems.Normal();
    private readonly ConcurrentQueue<string> lines = new();

    [Fact]
    public async Task Many_at_a_time_get_the_bits_of_the_likelihood()
    {
        await using var service = await StartAsync(new ScriptedEngine());
        var points = Enumerable.Range(0, EvaluationService.MostOpen + 100).Select(i => new[] { i / 7.0, -i / 3.0 }).ToArray();
        var outcomes = await Task.WhenAll(points.Select(service.EvaluateAsync));
        var likelihood = problem.Likelihood.Create();
        EvaluationBatch batch = new();
        foreach (var (point, outcome) in points.Zip(outcomes))
        {
            likelihood.Evaluate(1, point, batch);
            Assert.Equal(batch.LogLikelihoods[0], Assert.IsType<Evaluated>(outcome).LogLikelihood);
        }
    }

    [Fact]
    public async Task The_session_has_a_name_of_its_own_and_every_answer_is_received()
    {
        ScriptedEngine first = new();
        ScriptedEngine second = new();
        await using (var service = await StartAsync(first))
        await using (await StartAsync(second))
        {
            await service.EvaluateAsync([1, 2]);
        }

        Assert.StartsWith("serve-normal-", first.Work!.Session.Run.Name, StringComparison.Ordinal);
        Assert.NotEqual(first.Work.Session.Run, second.Work!.Session.Run);
        Assert.Equal([1L], first.Performed.OfType<AnswersJournaled>().SelectMany(journaled => journaled.Batches));
        Assert.IsType<CancelWork>(first.Performed[^1]);
        Assert.Equal(1, first.Disposals);
    }

    [Fact]
    public async Task Requests_wait_for_the_first_worker_and_the_operator_is_told_once()
    {
        ScriptedEngine engine = new() { Ready = new EngineReady(ExecutionMode.Dataflow, 0, 0) };
        await using var service = await StartAsync(engine);
        var waiting = Enumerable.Range(0, 5).Select(i => service.EvaluateAsync([i, i])).ToArray();
        engine.Work!.Answers.PostUrgent(new WorkLost());
        while (lines.IsEmpty)
        {
            await Task.Yield();
        }

        Assert.DoesNotContain(waiting, task => task.IsCompleted);
        engine.Work.Answers.PostUrgent(new SlotsChanged(2, 0));
        await Task.WhenAll(waiting);
        Assert.Equal("Requests wait: there is no worker.", Assert.Single(lines));
    }

    [Fact]
    public async Task Slots_that_an_engine_announces_before_it_is_ready_count()
    {
        ScriptedEngine engine = new() { Ready = new EngineReady(ExecutionMode.Dataflow, 0, 0), Announces = [new SlotsChanged(1, 0)] };
        await using var service = await StartAsync(engine);
        Assert.IsType<Evaluated>(await service.EvaluateAsync([1, 2]));
    }

    [Fact]
    public async Task Who_waits_when_it_stops_is_told_so()
    {
        ScriptedEngine engine = new() { Swallows = _ => true };
        var service = await StartAsync(engine);
        var waiting = service.EvaluateAsync([1, 2]);
        await service.DisposeAsync();
        Assert.Equal("the server is being stopped", (await Assert.ThrowsAsync<RunException>(() => waiting)).Message);
        Assert.Equal("the server is being stopped", (await Assert.ThrowsAsync<RunException>(() => service.EvaluateAsync([1, 2]))).Message);
        Assert.True(service.Ended.IsCompleted);
        await service.DisposeAsync();
        Assert.Equal(1, engine.Disposals);
    }

    [Fact]
    public async Task An_engine_that_breaks_ends_the_service_with_its_reason()
    {
        ScriptedEngine engine = new() { Swallows = _ => true };
        await using var service = await StartAsync(engine);
        var waiting = service.EvaluateAsync([1, 2]);
        engine.Work!.Answers.Fault(new RunException("the broker is gone for good"));
        Assert.Equal("the broker is gone for good", (await Assert.ThrowsAsync<RunException>(() => waiting)).Message);
        Assert.Equal("the broker is gone for good", (await service.Ended).Message);
    }

    [Fact]
    public async Task An_engine_that_cannot_get_ready_is_disposed_of()
    {
        ScriptedEngine engine = new() { Ready = new EngineReady(ExecutionMode.Blocks, 1, 0) };
        await Assert.ThrowsAsync<RunRefusedException>(() => StartAsync(engine));
        Assert.Equal(1, engine.Disposals);
    }

    private Task<EvaluationService> StartAsync(ScriptedEngine engine) =>
        EvaluationService.StartAsync(problem, engine, TimeProvider.System, lines.Enqueue);
}
