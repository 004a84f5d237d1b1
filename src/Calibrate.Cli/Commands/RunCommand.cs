using System.CommandLine;
using Calibrate.Problems.Models;
using Calibrate.Runtime;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate run FILE</c>: the main job.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var problem = new ProblemOptions(models);
        var location = new JournalLocation();
        var session = new SessionOptions();
        var name = new Option<string?>("--name") { Description = "Name of the run (default: the file's stem).", HelpName = "N" };
        var seed = new Option<ulong?>("--seed") { Description = "Seed of the chain (default: the file's, else the machine's entropy).", HelpName = "N" };

        var command = new ExampledCommand(
            "run",
            "Sample (or search) what a problem file describes; resumes by itself when the run exists and is unfinished.",
            "calibrate run problem.yaml",
            "calibrate run problem.yaml --name wide-prior --set 'parameters.cs.prior=normal(8, 3)'",
            "calibrate run problem.yaml --iterations 20000 --seed 1 --json > summary.json",
            "calibrate run problem.yaml --engine rabbitmq --broker amqp://user@host/")
        {
            problem.File, name, session.Iterations, seed, session.Engine.Name, session.Engine.Broker.Url, session.Slots, problem.Set,
            location.RunsFolder, location.Journal, session.AcceptPlatform, session.Takeover, session.Json, session.Verbosity.Quiet, session.Verbosity.Verbose,
        };
        session.Engine.Broker.AddFilesTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetValue(name) ?? RunName.FromFile(parsed.GetRequiredValue(problem.File)));
            var request = session.Apply(parsed, new RunRequest(run, problem.Load(parsed)) { Seed = parsed.GetValue(seed) });
            return RunSessionCommand.ExecuteAsync(terminal, clock, location, session, parsed, request, cancellation);
        });
        return command;
    }
}
