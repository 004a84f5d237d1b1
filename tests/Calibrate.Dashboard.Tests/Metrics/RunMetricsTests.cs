using Calibrate.Dashboard.Metrics;
using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;

namespace Calibrate.Dashboard.Tests.Metrics;

public sealed class RunMetricsTests(DashboardUnderTest dashboard) : IClassFixture<DashboardUnderTest>
{
    [Fact]
    public async Task Metrics_are_served_as_Prometheus_reads_them()
    {
        using var friend = dashboard.Friend();
        using var answer = await friend.GetAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());

        var samples = PrometheusReader.Read(await answer.Content.ReadAsStringAsync());
        Assert.Equal(1000, samples.Single(sample => sample.Name == "calibrate_run_iteration").Value);
        Assert.Equal(32_000, samples.Single(sample => sample.Name == "calibrate_run_walker_steps_total").Value);
        Assert.Equal("completed", samples.Single(sample => sample.Name == "calibrate_run_status" && sample.Value == 1).Labels["status"]);
    }

    [Fact]
    public void Kinds_of_failures_are_strangers_words()
    {
        var run = new RunView { Run = "demo", Status = "failed", Failures = new Dictionary<string, long> { ["exit \"1\"\n} x 1"] = 3 } };
        var samples = PrometheusReader.Read(RunMetrics.Write([run, run with { Run = "other", Failures = new Dictionary<string, long>() }], 2));
        var failures = samples.Single(sample => sample.Name == "calibrate_run_failures_total");
        Assert.Equal((3.0, "exit \"1\"\n} x 1"), (failures.Value, failures.Labels["kind"]));
        Assert.Equal(2, samples.Single(sample => sample.Name == "calibrate_dashboard_watchers").Value);
    }

    [Fact]
    public void No_runs_is_a_document_too() => Assert.Single(PrometheusReader.Read(RunMetrics.Write([], 0)));
}
