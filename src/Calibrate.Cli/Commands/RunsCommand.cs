using System.CommandLine;
using Calibrate.Cli.Output;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate runs ...</c>: what is in the runs folder.</summary>
internal static class RunsCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var command = new Command("runs", "List, show, compare, verify and delete runs; ask and tell those that are running.");
        command.Add(List(terminal));
        command.Add(Show(terminal, models));
        command.Add(Hash(terminal));
        command.Add(RunsVerifyCommand.Create(terminal, models));
        command.Add(RunsDeleteCommand.Create(terminal, clock));
        RunsControlCommands.AddTo(command, terminal, clock);
        return command;
    }

    private static ExampledCommand List(Terminal terminal)
    {
        var location = new JournalLocation();
        var json = JsonOption.Create();
        var command = new ExampledCommand("list", "List the runs, where they stand and how far they are.", "calibrate runs list") { location.RunsFolder, location.Journal, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var journal = location.Open(parsed);
            var listings = await RunListing.ReadAllAsync(journal, cancellation);
            if (parsed.GetValue(json))
            {
                ListingOutput.WriteJson(terminal.Output, listings);
            }
            else
            {
                ListingOutput.WriteTable(terminal, listings, location.Place(parsed));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ExampledCommand Show(Terminal terminal, IModelCatalog models)
    {
        var location = new JournalLocation();
        var name = RunName.Argument(location);
        var json = JsonOption.Create();
        var command = new ExampledCommand(
            "show", "Print the summary of what a run holds so far, also while it runs.", "calibrate runs show two-layer", "calibrate runs show two-layer --json")
        {
            name, location.RunsFolder, location.Journal, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            await using var journal = location.Open(parsed);
            var problem = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);
            var summary = await RunSummaries.MakeAsync(journal, run, problem, cancellationToken: cancellation);
            SummaryOutput.Write(terminal, summary, problem, parsed.GetValue(json), location.Hint(parsed));
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampledCommand Hash(Terminal terminal)
    {
        var location = new JournalLocation();
        var name = RunName.Argument(location);
        var iteration = new Option<int?>("--iteration")
        {
            Description = "Hash of the chain up to this iteration (default: the last one that all ensembles share).",
            HelpName = "N",
        };
        var command = new ExampledCommand(
            "hash",
            "Print the chain hash: equal hashes mean the same chain to the last bit.",
            "calibrate runs hash two-layer",
            "calibrate runs hash two-layer --iteration 5000")
        {
            name, iteration, location.RunsFolder, location.Journal,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            await using var journal = location.Open(parsed);
            await terminal.Output.WriteLineAsync(await RunHash.AtAsync(journal, run, parsed.GetValue(iteration), cancellation));
            return ExitCode.Done;
        });
        return command;
    }
}
