using System.CommandLine;
using System.Globalization;
using Calibrate.Cluster.RabbitMq.Workers;
using Calibrate.Problems.Models;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate worker</c>: evaluate for any run behind a broker, until told to stop.</summary>
internal static class WorkerCommand
{
    private const string Auto = "auto";

    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var broker = new BrokerOptions();
        var slots = new Option<string>("--slots")
        {
            Description = "Evaluations at the same time: a number, or auto for one per core.",
            DefaultValueFactory = _ => Auto,
            HelpName = "auto|N",
        };
        var isolation = new Option<string>("--isolation")
        {
            Description = "process: a child per slot, which can be limited and may crash. thread: faster for models that take microseconds, for trusted code.",
            DefaultValueFactory = _ => "process",
        };
        isolation.AcceptOnlyFromAmong("process", "thread");
        var files = new Option<string?>("--files")
        {
            Description = "Read data files from this folder instead of those that come with a problem; they must be the same.",
            HelpName = "DIR",
        };
        var quiet = new Verbosity().Quiet;
        var command = new ExampledCommand(
            "worker",
            "Evaluate for the runs behind a broker. Start as many as you like, anywhere, at any time; Ctrl-C finishes what is being evaluated.",
            "calibrate worker --broker amqp://user@host/",
            "calibrate worker --broker amqps://user@host/ --broker-ca ca.pem --slots 8")
        {
            slots, isolation, files, quiet,
        };
        broker.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var isQuiet = parsed.GetValue(quiet);
            var options = new WorkerOptions(SlotsOf(parsed.GetRequiredValue(slots)), parsed.GetValue(isolation) == "process" ? SlotIsolation.Process : SlotIsolation.Thread)
            {
                Files = FolderOf(parsed.GetValue(files)),
            };
            var worker = new WorkerHost(broker.Read(parsed), options, models, clock, line =>
            {
                if (!isQuiet)
                {
                    terminal.Error.WriteLine(line);
                }
            });
            await worker.RunAsync(cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static int SlotsOf(string text) =>
        text == Auto ? Environment.ProcessorCount
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var slots) && slots is >= 1 and <= 4096 ? slots
        : throw new UserException($"--slots is '{text}'; expected auto or a number from 1 to 4096.");

    private static string? FolderOf(string? folder) => folder is null || Directory.Exists(folder)
        ? folder
        : throw new UserException($"--files names {folder}, which is no folder here.");
}
