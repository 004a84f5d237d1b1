using System.CommandLine;
using Calibrate.Cli.Output;
using Calibrate.Problems.Models;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate check FILE</c>: everything that can be told about a problem before it is run.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var options = new ProblemOptions(models);
        var command = new ExampledCommand(
            "check",
            "Validate a problem file, evaluate it once, and print what would be run.",
            "calibrate check problem.yaml",
            "calibrate check problem.yaml --set method.walkers=64")
        {
            options.File, options.Set,
        };
        command.SetAction((parsed, _) =>
        {
            var problem = options.Load(parsed);
            var trial = TrialEvaluation.Of(problem, clock);
            CheckOutput.Write(terminal, problem, trial);
            return Task.FromResult(trial.Failure is null ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }
}
