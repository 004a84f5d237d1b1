using System.CommandLine;
using Calibrate.Cli.Output;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate rescore RUN FILE</c>: what a run's draws say under other targets, without running the model.</summary>
internal static class RescoreCommand
{
    public static Command Create(Terminal terminal, IModelCatalog models)
    {
        var location = new JournalLocation();
        var name = RunName.Argument(location);
        var problem = new ProblemOptions(models);
        var json = JsonOption.Create();
        var command = new ExampledCommand(
            "rescore",
            "Re-weight a run's draws for changed targets, likelihood or priors, from its recorded outputs and without running the model.",
            "calibrate rescore two-layer wider-errors.yaml",
            "calibrate rescore two-layer two-layer.yaml --set targets.temperature.extra_sigma=0.05")
        {
            name, problem.File, problem.Set, json, location.RunsFolder, location.Journal,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            await using var journal = location.Open(parsed);
            var before = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);
            var rescored = await RunRescoring.MakeAsync(
                journal, run, before, problem.Load(parsed, before.Source?.Introduction), cancellation);
            if (parsed.GetValue(json))
            {
                RescoringOutput.WriteJson(terminal.Output, rescored);
            }
            else
            {
                RescoringOutput.WriteTable(terminal, rescored, before, parsed.GetRequiredValue(problem.File));
            }

            return rescored.Smoothing.IsReliable ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
