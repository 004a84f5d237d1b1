using System.CommandLine;
using Calibrate.Cli.Draws;
using Calibrate.Cli.Output;
using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate diagnose FILE...</c>: convergence diagnostics of anybody's draws.</summary>
internal static class DiagnoseCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = PathArgument.CreateMany(
            "FILE", "Draws: JSON {\"parameter\": [[chain 1], [chain 2]]}, CSV (optional columns chain, draw), or CmdStan CSV, one file per chain.");
        var json = JsonOption.Create();
        var command = new ExampledCommand(
            "diagnose",
            "Diagnose draws from any sampler: R-hat, effective sample sizes, Monte Carlo errors.",
            "calibrate diagnose draws.csv",
            "calibrate diagnose chain-1.csv chain-2.csv chain-3.csv chain-4.csv --json") { files, json };
        command.SetAction(parsed =>
        {
            var draws = DrawsFile.Read(parsed.GetRequiredValue(files));
            var diagnosed = draws.Parameters
                .Select(parameter => KeyValuePair.Create(parameter.Name, Diagnose.Chains(parameter.Draws)))
                .ToList();
            if (parsed.GetValue(json))
            {
                DiagnosticsJson.Write(terminal.Output, diagnosed);
            }
            else
            {
                DiagnosticsTable.Write(terminal, draws, diagnosed);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
