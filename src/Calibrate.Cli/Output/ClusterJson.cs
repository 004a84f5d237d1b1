using System.Text;
using System.Text.Json;
using Calibrate.Cluster.RabbitMq.Observing;

namespace Calibrate.Cli.Output;

/// <summary>A cluster as one JSON object; what is not known is null.</summary>
internal static class ClusterJson
{
    public static void Write(TextWriter output, ClusterView view)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("broker", view.Broker.ToString());
            WriteList(writer, "workers", view.Workers, WriteWorker);
            WriteList(writer, "runs", view.Sessions, WriteSession);
            WriteList(writer, "queues", view.Queues, WriteQueue);
            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteWorker(Utf8JsonWriter writer, SeenWorker worker)
    {
        writer.WriteString("worker", worker.Here.Worker.Name);
        writer.WriteString("host", worker.Here.Host);
        writer.WriteNumber("process", worker.Here.Process);
        writer.WriteNumber("slots", worker.Here.Slots);
        writer.WriteNumber("busy", worker.Here.Load.Busy);
        WriteNumber(writer, "busy_share", worker.BusyShare);
        WriteNumber(writer, "evaluations_per_second", worker.EvaluationsPerSecond);
        writer.WriteNumber("evaluations", worker.Here.Load.Evaluations);
        writer.WriteNumber("children_lost", worker.Here.Load.Children);
        writer.WriteString("isolation", worker.Here.Isolation);
        writer.WriteString("build", worker.Here.Build);
    }

    private static void WriteSession(Utf8JsonWriter writer, SeenSession seen)
    {
        var report = seen.Report;
        writer.WriteString("run", seen.Session.Run.Name);
        writer.WriteNumber("epoch", seen.Session.Epoch);
        writer.WriteString("problem", report.Problem);
        writer.WriteString("model", report.Model.Value.Hex);
        writer.WriteString("status", report.Status);
        writer.WriteNumber("iteration", report.Iteration);
        writer.WriteNumber("iterations", report.Iterations);
        writer.WriteNumber("steps_left", report.Steps);
        WriteNumber(writer, "steps_per_second", report.StepsPerSecond);
        WriteNumber(writer, "seconds_per_evaluation", report.SecondsPerEvaluation > 0 ? report.SecondsPerEvaluation : null);
        writer.WriteNumber("slots", report.Slots);
        writer.WriteNumber("useful_slots", report.UsefulSlots);
        writer.WriteNumber("in_flight", report.InFlight);
        writer.WriteNumber("waiting", report.Waiting);
        writer.WriteNumber("redispatched", report.Redispatched);
        writer.WriteNumber("hedged", report.Hedged);
        writer.WriteNumber("compared", report.Compared);
        writer.WriteNumber("garbage", report.Garbage);
        WriteNumber(writer, "seconds_left", seen.Advice.SecondsLeft);
        writer.WriteNumber("recommended_slots", seen.Advice.RecommendedSlots);
        WriteNumber(writer, "seconds_left_then", seen.Advice.SecondsLeftThen);
        writer.WriteString("advice", seen.Advice.Text);
        writer.WriteStartArray("refusals");
        foreach (var refusal in report.Refusals)
        {
            writer.WriteStringValue(refusal);
        }

        writer.WriteEndArray();
    }

    private static void WriteQueue(Utf8JsonWriter writer, SeenQueue queue)
    {
        writer.WriteString("model", queue.Model.Value.Hex);
        writer.WriteNumber("batches", queue.Batches);
        writer.WriteNumber("consumers", queue.Consumers);
    }

    private static void WriteList<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
