using System.CommandLine;
using Calibrate.Cli.Output;
using Calibrate.Cluster.RabbitMq.Observing;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate cluster status</c>: who works behind a broker, on what, how fast, and what more slots would change.</summary>
internal static class ClusterCommand
{
    // Everybody speaks every two seconds, and at once when asked: after three, every rate is known.
    private static readonly TimeSpan Listening = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);

    public static Command Create(Terminal terminal, TimeProvider clock)
    {
        var command = new Command("cluster", "Watch the workers and runs behind a broker.");
        command.Add(Status(terminal, clock));
        return command;
    }

    private static ExampledCommand Status(Terminal terminal, TimeProvider clock)
    {
        var broker = new BrokerOptions();
        var json = JsonOption.Create();
        var watch = new Option<bool>("--watch") { Description = "Show it again every two seconds, until Ctrl-C." };
        var command = new ExampledCommand(
            "status",
            "Show workers, runs, rates, queues and refusals, and how many slots would help. Takes three seconds.",
            "calibrate cluster status --broker amqp://user@host/",
            "calibrate cluster status --json")
        {
            json, watch,
        };
        broker.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var observer = new ClusterObserver(broker.Read(parsed), clock, terminal.Error.WriteLine);
            await observer.OpenAsync(cancellation);
            await Task.Delay(Listening, clock, cancellation);
            for (; ; await Task.Delay(Refresh, clock, cancellation))
            {
                var view = await observer.LookAsync(cancellation);
                if (parsed.GetValue(json))
                {
                    ClusterJson.Write(terminal.Output, view);
                }
                else
                {
                    ClusterTables.Write(terminal, view);
                }

                if (!parsed.GetValue(watch))
                {
                    return ExitCode.Done;
                }
            }
        });
        return command;
    }
}
