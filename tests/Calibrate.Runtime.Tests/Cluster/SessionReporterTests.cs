using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class SessionReporterTests
{
    [Fact]
    public void A_report_comes_every_two_seconds_and_when_it_is_asked_for()
    {
        FleetTranscript fleet = new(Settings());
        fleet.Feed(new FleetInput.Connected());

        fleet.Pass(4.5);
        Assert.Equal(3, Reports(fleet).Count);

        fleet.Hear(new RollCall());
        Assert.Equal(4, Reports(fleet).Count);
    }

    [Fact]
    public void A_session_waits_runs_and_ends()
    {
        FleetTranscript fleet = new(Settings());
        fleet.Feed(new FleetInput.Connected());
        fleet.Hear(new RollCall(), Proof(Ann), new RollCall());
        fleet.Feed(new FleetInput.Progressed(Progress(100)));
        fleet.Want(new CancelWork());

        Assert.Equal(["waiting for workers", "running", "done"], Reports(fleet).Select(report => report.Status));
    }

    [Fact]
    public void A_session_that_ends_before_its_stop_rule_is_paused()
    {
        var fleet = FleetTranscript.With(Ann);
        fleet.Feed(new FleetInput.Progressed(Progress(99)));

        fleet.Want(new CancelWork());

        Assert.Equal("paused", Reports(fleet).Single().Status);
    }

    [Fact]
    public void A_report_tells_what_the_run_and_the_fleet_know()
    {
        var fleet = FleetTranscript.With(Ann);
        fleet.Feed(new FleetInput.Progressed(Progress(5)));
        fleet.Now = 10;
        fleet.Feed(new FleetInput.Progressed(Progress(6) with { StepsSettled = 40 }), new FleetInput.Garbled());
        fleet.Hear(Proof(Bob) with { Refusal = "no such program" });
        fleet.Clear();

        fleet.Hear(new RollCall());

        var report = Reports(fleet).Single();
        Assert.Equal(["bob: no such program"], report.Refusals);
        Assert.Equal(
            new SessionReport("problem", Model, "running", 6, 100, 900, 4, 0.5, 2, 12, 3, 4, 5, 6, 0, report.Refusals, 1),
            report);
    }

    private static FleetProgress Progress(int iteration) => new(iteration, 100, 0, 900, 12, 3, 4, 5, 6);

    private static IReadOnlyList<SessionReport> Reports(FleetTranscript fleet) =>
        [.. fleet.Outputs.OfType<FleetOutput.Send>().Select(send => send.Message).OfType<SessionHere>().Select(here => here.Report)];
}
