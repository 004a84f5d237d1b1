using Calibrate.Reports.History;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Testing.Problems;

namespace Calibrate.Reports.Tests.History;

public class RunHistoryTests
{
    private static readonly HostPlatform Platform = HostPlatform.Current;

    private static RunStarted Started => new(
        new RunIdentity
        {
            Run = "r",
            Problem = "p",
            CanonicalProblem = "",
            ChainFingerprint = "",
            Seed = 1,
            Method = "ensemble",
            MethodVersion = 1,
            Ensembles = 1,
            Walkers = 2,
            Dimension = 1,
            CalibrateVersion = "1.0",
            StartedAt = DateTimeOffset.UnixEpoch,
        },
        new StopRule(100),
        Platform,
        "local");

    [Fact]
    public void Sessions_tell_how_they_ended()
    {
        var history = RunHistory.Of(
        [
            Started,
            new RunPaused("Ctrl-C", 10, 5),
            new RunResumed(Platform, false, "rabbitmq", "1.1", 5),
            new ConvergenceJudged(100, 1.02, 300, false, 9),
            new RunResumed(Platform, true, "local", "1.2", 9),
            new RunExtended(new StopRule(200), 0, 9),
            new RunCompleted(CompletionReason.Iterations, 200, 20),
        ]);

        Assert.Equal(["paused: Ctrl-C", null, "completed"], history.Sessions.Select(session => session.End));
        Assert.Equal([(0, 5), (5, 9), (9, 20)], history.Sessions.Select(session => (session.FromSeconds, session.ToSeconds)));
        Assert.Equal(["local", "rabbitmq", "local"], history.Sessions.Select(session => session.Engine));
        Assert.Equal([false, false, true], history.Sessions.Select(session => session.PlatformAccepted));
        Assert.Equal(300, Assert.Single(history.Judgements).Ess);
        Assert.Equal(200, Assert.Single(history.Extensions).StopRule.Iterations);
    }

    [Fact]
    public void Every_worker_is_remembered_once()
    {
        var history = RunHistory.Of(
        [
            Started, new WorkerJoined(new WorkerId("a"), "host a", 2, 1), new WorkerLeft(new WorkerId("a"), "gone", 2),
            new WorkerJoined(new WorkerId("a"), "host a", 2, 3), new WorkerJoined(new WorkerId("b"), "host b", 4, 4), new RunFailed("bad start", 5),
        ]);

        Assert.Equal(["a", "b"], history.Workers.Select(worker => worker.Worker.Name));
        Assert.Equal("failed: bad start", history.Sessions[0].End);
    }

    [Fact]
    public async Task A_journal_tells_steps_and_failures_with_their_parameters()
    {
        var runs = new ReportRuns();
        var problem = await runs.SampleAsync(TestProblems.FiveMoves);

        var history = await RunHistory.ReadAsync(runs.Journal, ReportRuns.Run);

        Assert.Equal(2 * 8 * 60, history.Steps.Sum(step => step.Steps));
        Assert.InRange(history.Steps.Sum(step => step.Accepted), 1, 2 * 8 * 60);
        Assert.NotEmpty(history.Failures);
        Assert.All(history.Failures, failure => Assert.True(failure.Parameters[0] > 2.5 || failure.Parameters[0] < -2.5));
        Assert.Equal(64, history.Seal.Length);
        Assert.Equal("completed", Assert.Single(history.Sessions).End);
        Assert.Equal(2, problem.Space.Dimension);
    }
}
