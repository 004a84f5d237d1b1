using System.CommandLine;
using System.Net;
using Calibrate.Problems.Models;
using Calibrate.Serving;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate serve-model FILE</c>: a problem's model and its log posterior, for UM-Bridge clients.</summary>
internal static class ServeModelCommand
{
    private const string Loopback = "127.0.0.1";

    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var options = new ProblemOptions(models);
        var port = new Option<int>("--port") { Description = "Port to listen at; 0 for any that is free.", DefaultValueFactory = _ => 4242, HelpName = "N" };
        var host = new Option<string>("--host")
        {
            Description = "Address to listen at. The protocol knows no passwords: at any address but 127.0.0.1, whoever reaches it can use the model.",
            DefaultValueFactory = _ => Loopback,
            HelpName = "ADDRESS",
        };
        var slots = new Option<int?>("--slots") { Description = "How many evaluations run at a time; default: one per core.", HelpName = "N" };
        var engine = new EngineOptions();
        var quiet = new Verbosity().Quiet;
        var command = new ExampledCommand(
            "serve-model",
            "Serve a problem's model and its log posterior to UM-Bridge clients, such as those of Python, until Ctrl-C.",
            "calibrate serve-model problem.yaml",
            "calibrate serve-model problem.yaml --port 4243 --slots 8",
            "calibrate serve-model problem.yaml --engine rabbitmq --broker amqp://calibrate@broker:5672/")
        {
            options.File, options.Set, port, host, slots, engine.Name, quiet,
        };
        engine.Broker.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var problem = options.Load(parsed);
            var served = new ModelServerOptions(
                AddressOf(parsed.GetRequiredValue(host)),
                PortOf(parsed.GetValue(port)),
                SlotsOf(parsed.GetValue(slots)) ?? problem.Execution.Slots ?? Environment.ProcessorCount);
            var makeEngine = engine.EngineOf(parsed, clock);
            if (makeEngine is not null && parsed.GetValue(slots) is not null)
            {
                throw new UserException("--slots are those of this machine; with --engine rabbitmq the workers have theirs: `calibrate worker --slots N`.");
            }

            await using var server = makeEngine is null
                ? await ModelServer.StartAsync(problem, models, served, clock, cancellation)
                : await ModelServer.StartAsync(problem, models, served, makeEngine, Tell, clock, cancellation);
            var where = makeEngine is null ? $"{served.Slots} evaluations at a time" : "evaluated by the workers behind the broker";
            terminal.Output.WriteLine($"Serving {problem.Name} at {server.Address}: models forward and posterior, {where}.");
            if (!parsed.GetValue(quiet))
            {
                if (!IPAddress.IsLoopback(served.Host))
                {
                    terminal.Error.WriteLine($"Whoever can reach {server.Address} can use the model: UM-Bridge knows no passwords.");
                }

                terminal.Error.WriteLine($"One vector of {problem.SampledNames.Count}: {string.Join(", ", problem.SampledNames)}. Ctrl-C stops.");
            }

            await server.WaitAsync(cancellation);
            return ExitCode.Done;

            void Tell(string line)
            {
                if (!parsed.GetValue(quiet))
                {
                    terminal.Error.WriteLine(line);
                }
            }
        });
        return command;
    }

    private static IPAddress AddressOf(string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new UserException($"--host is '{text}'; expected an address of this machine, such as {Loopback} or 0.0.0.0.");

    private static int PortOf(int port) =>
        port is >= 0 and <= 65535 ? port : throw new UserException($"--port is {port}; expected a number from 0 to 65535.");

    private static int? SlotsOf(int? slots) =>
        slots is null or (>= 1 and <= 4096) ? slots : throw new UserException($"--slots is {slots}; expected a number from 1 to 4096.");
}
