using System.CommandLine;
using System.Globalization;
using Calibrate.Problems.Models;
using Calibrate.Reports.Exports;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate export RUN --to FILE</c>: the draws of a run for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var location = new JournalLocation();
        var name = RunName.Argument(location);
        var endings = string.Join(", ", RunExport.Formats.Select(format => $"{format.Ending} ({format.Description})"));
        var to = new Option<string>("--to") { Description = $"The file to write; its ending says the format: {endings}.", HelpName = "FILE", Required = true };
        var discard = new Option<int?>("--discard") { Description = "Iterations to leave out at the beginning, in place of the warm-up; 0 for none.", HelpName = "N" };
        var thin = new Option<int?>("--thin") { Description = "Write every N-th iteration only: a multiple of the run's own `thin`.", HelpName = "N" };
        var ensemble = new Option<int?>("--ensemble") { Description = "Write this ensemble only, from 0.", HelpName = "K" };
        var command = new ExampledCommand(
            "export", "Write the draws of a run after its warm-up to a file, also while it runs.", "calibrate export two-layer --to draws.nc")
        {
            name, to, discard, thin, ensemble, location.RunsFolder, location.Journal,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            var options = new ExportOptions(parsed.GetRequiredValue(to))
            {
                Discard = parsed.GetValue(discard),
                Thin = parsed.GetValue(thin),
                Ensemble = parsed.GetValue(ensemble),
                Predictive = new PredictiveSettings { Models = models },
            };
            RunExport.Check(options.Path);
            await using var journal = location.Open(parsed);
            var problem = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);
            var reader = await RunReader.OpenAsync(journal, run, problem, cancellationToken: cancellation);
            var written = await RunExport.WriteAsync(reader, problem, options, clock, cancellation);
            foreach (var note in written.Notes)
            {
                await terminal.Error.WriteLineAsync(note);
            }

            var files = written.Files.Count == 1 ? written.Files[0] : $"{written.Files[0]} to {written.Files[^1]} ({written.Files.Count} files)";
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{written.Draws:N0} draws written to {files}."));
            return ExitCode.Done;
        });
        return command;
    }
}
