using System.Text.Json;
using Calibrate.Cli.Output;
using Calibrate.Cluster.RabbitMq;
using Calibrate.Cluster.RabbitMq.Observing;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Tests.Output;

public class ClusterTablesTests
{
    private static readonly BrokerAddress Broker = BrokerAddress.Parse("amqp://me:secret@host/");

    [Fact]
    public void An_empty_cluster_says_what_to_start()
    {
        var text = Tables(new ClusterView(Broker, [], [], []));
        Assert.Contains("calibrate worker --broker amqp://me@host:5672/", text, StringComparison.Ordinal);
        Assert.Contains("No run is being worked on.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Workers_runs_queues_refusals_and_advice_are_shown()
    {
        var text = Tables(Sample());
        string[] expected = ["node-1", "80", "150", "two-layer#3", "11 of 100", "12", "refused node-9: another build", "garbage", "two-layer: "];
        Assert.All(expected.Where(word => word != "garbage"), word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Contains("4 messages made no sense", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_as_json()
    {
        using var output = new StringWriter();
        ClusterJson.Write(output, Sample());
        var json = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal("amqp://me@host:5672/", json.GetProperty("broker").GetString());
        Assert.Equal(150, json.GetProperty("workers")[0].GetProperty("evaluations_per_second").GetDouble());
        Assert.Equal("two-layer", json.GetProperty("runs")[0].GetProperty("run").GetString());
        Assert.Equal(12, json.GetProperty("queues")[0].GetProperty("batches").GetInt64());
        Assert.Equal("node-9: another build", json.GetProperty("runs")[0].GetProperty("refusals")[0].GetString());
    }

    [Fact]
    public void What_is_not_known_is_null_in_json_and_a_dash_in_a_table()
    {
        var view = Sample() with { Workers = [Sample().Workers[0] with { EvaluationsPerSecond = null, BusyShare = null }] };
        using var output = new StringWriter();
        ClusterJson.Write(output, view);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(output.ToString()).RootElement.GetProperty("workers")[0].GetProperty("busy_share").ValueKind);
        Assert.Contains("-", Tables(view), StringComparison.Ordinal);
    }

    private static string Tables(ClusterView view)
    {
        using var output = new StringWriter();
        ClusterTables.Write(new Terminal(output, TextWriter.Null, interactive: false, width: 200), view);
        return output.ToString();
    }

    private static ClusterView Sample()
    {
        var model = new ModelFingerprint(Fingerprint.Of("model"));
        var here = new WorkerHere(new WorkerId("node-1-7-ab"), "node-1", 7, 4, "process", HostPlatform.Current, "build", new WorkerLoad(3, 1000, 9, 2), []);
        var report = new SessionReport("two-layer", model, "running", 11, 100, 5000, 140, 0.02, 4, 16, 5, 6, 7, 8, 9, ["node-9: another build"], 4);
        var session = new SeenSession(new SessionId(RunId.Parse("two-layer"), 3), report, ScalingAdvice.For(report));
        return new ClusterView(Broker, [new SeenWorker(here, 150, 0.8)], [session], [new SeenQueue(model, 12, 1)]);
    }
}
