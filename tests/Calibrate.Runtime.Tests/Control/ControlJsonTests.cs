using System.Text.Json;
using Calibrate.Runtime.Control;

namespace Calibrate.Runtime.Tests.Control;

public class ControlJsonTests
{
    [Fact]
    public void The_form_is_frozen()
    {
        const string Expected = """
            {"run":"two-layer","problem":"two-layer","status":"waiting_for_workers","reason":"",
            "session":{"epoch":3,"host":"host","process":4711,"engine":"rabbitmq","scheduling":"dataflow","started_at":"2026-01-31T12:00:00+00:00","version":"0.3.0"},
            "iteration":120,"iterations":5000,"ensembles":4,"walkers":32,"walker_steps":15360,"acceptance":0.25,"steps_per_second":812.5,"evaluations":15000,
            "seconds_per_evaluation":0.0125,"seconds":60.5,"seconds_left":3600.25,"stop_rule":{"ess":1000,"rhat":1.01,"wall_time_seconds":7200},
            "convergence":{"iteration":100,"rhat":1.2,"ess":80,"converged":false,"parameters":[{"name":"lambda","rhat":1.2,"ess_bulk":80,"ess_tail":null}]},
            "failures":{"Exception":2},"verdicts":[{"kind":"time","rejected":true,"count":1}],
            "work":{"slots":8,"useful_slots":54,"in_flight":8,"batches_in_flight":8,"waiting":12,"queued_batches":3,"redispatched":1,"hedged":2,"compared":15},
            "nodes":[{"name":"w1","host":"host","process":12,"isolation":"process","slot_count":4,"busy_slots":3,"evaluations":7000,"evaluations_per_second":80.5,
            "busy_share":0.75,"slots":[{"index":0,"busy":true,"evaluations":1750,"evaluations_per_second":null}]},
            {"name":"w2","host":"","process":0,"isolation":"","slot_count":4,"busy_slots":0,"evaluations":0,"evaluations_per_second":null,"busy_share":null,"slots":[]}],
            "refusal_count":7,"refusals":[{"worker":"w3","reason":"another build"}]}
            """;
        Assert.Equal(Expected.ReplaceLineEndings(""), ControlJson.Write(Snapshots.Full));
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        Assert.Equivalent(Snapshots.Full, ControlJson.Read(ControlJson.Write(Snapshots.Full)), strict: true);
        Assert.Equivalent(Snapshots.Empty, ControlJson.Read(ControlJson.Write(Snapshots.Empty)), strict: true);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"run":null}""")]
    public void What_is_no_snapshot_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => ControlJson.Read(json));

    [Fact]
    public void Names_are_escaped_for_pages() =>
        Assert.DoesNotContain("<", ControlJson.Write(Snapshots.Full with { Problem = "<script>" }), StringComparison.Ordinal);
}
