using System.CommandLine;
using Calibrate.Cluster.RabbitMq;
using Calibrate.Problems.Files;
using Calibrate.Problems.Models;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate coordinator</c>: drive one or several runs behind a broker, or stand by for those that another coordinator drives.</summary>
internal static class CoordinatorCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var broker = new BrokerOptions();
        var location = new JournalLocation();
        var files = new Argument<string[]>("FILE")
        {
            Description = "Problem files, run in this order; none for every unfinished run of the journal.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var concurrent = new Option<int>("--concurrent") { Description = "Runs at the same time.", DefaultValueFactory = _ => 1, HelpName = "N" };
        var stay = new Option<bool>("--stay") { Description = "When all are done, wait for unfinished runs to appear in the journal." };
        var quiet = new Verbosity().Quiet;
        var command = new ExampledCommand(
            "coordinator",
            "Drive runs on the workers behind a broker. A run that another coordinator drives is waited for, and taken over when that one is gone.",
            "calibrate coordinator one.yaml two.yaml --broker amqp://user@host/ --journal postgres://user@host/calibrate",
            "calibrate coordinator --stay")
        {
            files, location.RunsFolder, location.Journal, concurrent, stay, quiet,
        };
        broker.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(concurrent) < 1)
            {
                throw new UserException("--concurrent must be at least 1.");
            }

            // A mistake in any file, or in the broker's address, ends the command before anything was started.
            var settings = broker.Read(parsed);
            var requests = (parsed.GetValue(files) ?? []).Select(file => RequestOf(file, models)).ToList();
            var isQuiet = parsed.GetValue(quiet);
            var queue = new RunQueue(
                () => location.Open(parsed),
                (journal, log) => new RunHost(journal, clock, (_, time) => new RabbitMqEngine(settings, time, log)),
                log => ControlRoute.Endpoints(location.Folder(parsed), settings, clock, log),
                clock,
                parsed.GetValue(concurrent),
                isQuiet ? _ => { } : terminal.Error.WriteLine);
            return await queue.RunAsync(
                requests, parsed.GetValue(stay), terminal.Output.WriteLine, (journal, run) => StoredProblem.LoadCurrentAsync(journal, run, models, cancellation), cancellation);
        });
        return command;
    }

    private static RunRequest RequestOf(string file, IModelCatalog models) =>
        new(RunName.Parse(RunName.FromFile(file)), ProblemFile.Load(file, models, []));
}
