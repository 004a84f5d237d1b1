using System.CommandLine;
using Calibrate.Problems.Models;
using Calibrate.Runtime;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate resume RUN</c>: go on where the journal ends.</summary>
internal static class ResumeCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var location = new JournalLocation();
        var session = new SessionOptions();
        var name = RunName.Argument(location);
        var command = new ExampledCommand(
            "resume",
            "Go on with a run where its journal ends; --iterations extends it.",
            "calibrate resume two-layer",
            "calibrate resume two-layer --iterations 50000")
        {
            name, session.Iterations, session.Engine.Name, session.Engine.Broker.Url, session.Slots, location.RunsFolder, location.Journal, session.AcceptPlatform, session.Takeover,
            session.Json, session.Verbosity.Quiet, session.Verbosity.Verbose,
        };
        session.Engine.Broker.AddFilesTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            await using var journal = location.Open(parsed);
            var problem = await StoredProblem.LoadCurrentAsync(journal, run, models, cancellation);
            var request = session.Apply(parsed, new RunRequest(run, problem) { Opening = RunOpening.Resume });
            return await RunSessionCommand.ExecuteAsync(terminal, clock, location, session, parsed, request, cancellation);
        });
        return command;
    }
}
