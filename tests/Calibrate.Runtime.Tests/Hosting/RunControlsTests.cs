using System.Collections.Concurrent;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Hosting;

/// <summary>What requests do to a run, from the endpoint to the journal.</summary>
public class RunControlsTests
{
    private const int Endless = 2_000_000_000;

    private static readonly RunId Run = RunId.Parse("controlled");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly InMemoryJournal journal = new();

    [Theory]
    [InlineData(SchedulingKind.Kernel)]
    [InlineData(SchedulingKind.Dataflow)]
    public async Task A_run_that_is_paused_resumed_extended_and_stopped_has_the_same_chain(SchedulingKind scheduling)
    {
        var problem = TestProblems.Normal().WithExecution(new ExecutionSpecification { Scheduling = scheduling });
        var endpoint = new Endpoint();
        var running = StartAsync(problem, endpoint);
        await endpoint.UntilAsync(status => status.Iteration > 10);

        var paused = await endpoint.TellAsync(new ControlRequest.Pause());
        Assert.Equal(LiveStatus.Paused, paused.Status!.Status);
        Assert.Contains("is paused after iteration", paused.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Paused, (await RunListing.ReadAsync(journal, Run)).Status);
        var again = await endpoint.TellAsync(new ControlRequest.Pause());
        Assert.Equal((paused.Status.Iteration, paused.Status.WalkerSteps), (again.Status!.Iteration, again.Status.WalkerSteps));
        Assert.Equal(0, again.Status.StepsPerSecond);
        Assert.False(running.IsCompleted);

        var extended = await endpoint.TellAsync(new ControlRequest.Extend(Endless + 5));
        Assert.Equal((LiveStatus.Paused, Endless + 5), (extended.Status!.Status, extended.Status.Iterations));
        Assert.True((await endpoint.TellAsync(new ControlRequest.Resume())).IsDone);
        await endpoint.UntilAsync(status => status.Iteration > paused.Status.Iteration + 10);
        Assert.Contains("is not paused", (await endpoint.TellAsync(new ControlRequest.Resume())).Message, StringComparison.Ordinal);

        var stopped = await endpoint.TellAsync(new ControlRequest.Stop());
        Assert.Contains("Go on with: calibrate resume controlled", stopped.Message, StringComparison.Ordinal);
        var result = await running.WaitAsync(Patience);
        Assert.Equal((RunOutcome.Paused, PauseReasons.Stopped(Run)), (result.Outcome, result.Reason));
        Assert.Equal(ControlResult.NotRunning, (await endpoint.AskAsync(new ControlRequest.Status())).Result);
        Assert.Equal(1, endpoint.Openings);
        await AssertSameChainAsync(problem, result.Iteration);
    }

    [Fact]
    public async Task A_paused_run_can_be_stopped_and_says_so_to_whoever_stands_by()
    {
        var endpoint = new Endpoint();
        var running = StartAsync(TestProblems.Normal(), endpoint);
        await endpoint.UntilAsync(status => status.Iteration > 0);
        await endpoint.TellAsync(new ControlRequest.Pause());
        Assert.True((await endpoint.TellAsync(new ControlRequest.Stop())).IsDone);

        Assert.Equal(PauseReasons.Stopped(Run), (await running.WaitAsync(Patience)).Reason);
        Assert.Equal(PauseReasons.Stopped(Run), (await RunListing.ReadAsync(journal, Run)).Reason);
        var standby = await Host().RunAsync(Request(TestProblems.Normal()) with { StoodBy = true, Opening = RunOpening.Resume }).WaitAsync(Patience);
        Assert.Equal(RunOutcome.Paused, standby.Outcome);
    }

    [Fact]
    public async Task Who_takes_a_paused_run_over_keeps_it_paused_and_an_interruption_leaves_it_so()
    {
        using var interruption = new CancellationTokenSource();
        var first = new Endpoint();
        var leader = StartAsync(TestProblems.Normal(), first, stop: interruption.Token);
        await first.UntilAsync(status => status.Iteration > 0);
        await first.TellAsync(new ControlRequest.Pause());
        await interruption.CancelAsync();
        Assert.Equal(RunOutcome.Interrupted, (await leader.WaitAsync(Patience)).Outcome);
        Assert.True(PauseReasons.IsOnRequest((await RunListing.ReadAsync(journal, Run)).Reason));

        var second = new Endpoint();
        var standby = StartAsync(TestProblems.Normal(), second, stoodBy: true);
        var found = await second.UntilAsync(_ => true);
        Assert.Equal((LiveStatus.Paused, 2), (found.Status, found.Session.Epoch));
        await second.TellAsync(new ControlRequest.Resume());
        await second.UntilAsync(status => status.Iteration > found.Iteration);
        await second.TellAsync(new ControlRequest.Stop());
        await standby.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_extension_that_is_none_is_refused()
    {
        var endpoint = new Endpoint();
        var running = StartAsync(TestProblems.Normal(), endpoint);
        await endpoint.UntilAsync(status => status.Iteration > 0);
        var refused = await endpoint.AskAsync(new ControlRequest.Extend(Endless));
        Assert.Equal((ControlResult.Refused, null), (refused.Result, refused.Status));
        Assert.Contains("goes to iteration 2000000000 already", refused.Message, StringComparison.Ordinal);
        await endpoint.TellAsync(new ControlRequest.Stop());
        await running.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_engine_that_gets_ready_for_long_can_be_asked_paused_and_stopped()
    {
        var endpoint = new Endpoint();
        var slow = new SlowToPrepare();
        var running = new RunHost(journal, TimeProvider.System, (_, _) => slow).RunAsync(
            Request(TestProblems.Normal()) with { Control = [endpoint] });
        Assert.Equal(LiveStatus.Preparing, (await endpoint.UntilAsync(_ => true)).Status);
        Assert.Equal(LiveStatus.Paused, (await endpoint.TellAsync(new ControlRequest.Pause())).Status!.Status);
        await endpoint.TellAsync(new ControlRequest.Stop());
        Assert.Equal(RunOutcome.Paused, (await running.WaitAsync(Patience)).Outcome);
    }

    [Fact]
    public async Task A_snapshot_tells_what_the_slots_do()
    {
        var endpoint = new Endpoint();
        var problem = TestProblems.Normal().WithExecution(new ExecutionSpecification { Scheduling = SchedulingKind.Dataflow });
        var running = StartAsync(problem, endpoint);
        var status = await endpoint.UntilAsync(status => status.Nodes is [{ EvaluationsPerSecond: > 0, BusyShare: > 0 }] && status is { StepsPerSecond: > 0, Acceptance: > 0 });
        var node = Assert.Single(status.Nodes);
        Assert.Equal(("local", Environment.ProcessId, "thread", 2), (node.Name, node.Process, node.Isolation, node.SlotCount));
        Assert.Equal(node.Evaluations, node.Slots.Sum(slot => slot.Evaluations));
        Assert.Equal(("dataflow", 1L, 2), (status.Session.Scheduling, status.Session.Epoch, status.Work.Slots));
        Assert.InRange(status.Acceptance!.Value, 0.01, 1);
        await endpoint.TellAsync(new ControlRequest.Stop());
        await running.WaitAsync(Patience);
    }

    private static RunRequest Request(Problem problem) => new(Run, problem) { Iterations = Endless, Slots = 2 };

    private RunHost Host() => new(journal, TimeProvider.System);

    private Task<RunResult> StartAsync(Problem problem, Endpoint endpoint, bool stoodBy = false, CancellationToken stop = default) =>
        Task.Run(() => Host().RunAsync(Request(problem) with { Control = [endpoint], StoodBy = stoodBy }, stop));

    private async Task AssertSameChainAsync(Problem problem, int iteration)
    {
        var undisturbed = RunId.Parse("undisturbed");
        var common = Math.Min(iteration, 400);
        await Host().RunAsync(new RunRequest(undisturbed, problem) { Iterations = common });
        Assert.Equal(await RunHash.AtAsync(journal, undisturbed), await RunHash.AtAsync(journal, Run, common));
    }

    /// <summary>An endpoint within the process.</summary>
    private sealed class Endpoint : IControlEndpoint, IAsyncDisposable
    {
        private readonly TaskCompletionSource<ControlAnswer> open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Openings { get; private set; }

        public Task<IAsyncDisposable?> OpenAsync(RunId run, ControlAnswer answer, CancellationToken cancellationToken = default)
        {
            Openings++;
            open.SetResult(answer);
            return Task.FromResult<IAsyncDisposable?>(this);
        }

        public async Task<ControlReply> AskAsync(ControlRequest request) =>
            await (await open.Task.WaitAsync(Patience))(request, CancellationToken.None).WaitAsync(Patience);

        public async Task<ControlReply> TellAsync(ControlRequest request)
        {
            var reply = await AskAsync(request);
            Assert.True(reply.IsDone, $"{reply.Result}: {reply.Message}");
            return reply;
        }

        public async Task<RunStatusSnapshot> UntilAsync(Func<RunStatusSnapshot, bool> isIt)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (true)
            {
                patience.Token.ThrowIfCancellationRequested();
                if ((await TellAsync(new ControlRequest.Status())).Status is { } status && isIt(status))
                {
                    return status;
                }

                await Task.Yield();
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class SlowToPrepare : IEngine
    {
        public string Name => "slow";

        public ConcurrentQueue<RunEffect> Performed { get; } = [];

        public async Task<EngineReady> PrepareAsync(EngineWork work, CancellationToken cancellationToken)
        {
            var never = new TaskCompletionSource<EngineReady>();
            return await never.Task.WaitAsync(cancellationToken);
        }

        public void Perform(RunEffect effect) => Performed.Enqueue(effect);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
