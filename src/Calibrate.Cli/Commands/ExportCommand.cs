using System.CommandLine;
using System.Globalization;
using Calibrate.Cli.Draws;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate export RUN --to FILE</c>: the draws of a run for other programs.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal, IModelCatalog models)
    {
        var location = new JournalLocation();
        var name = RunName.Argument(location);
        var to = new Option<string>("--to") { Description = "The file to write; its ending says the format: .csv.", HelpName = "FILE", Required = true };
        var command = new ExampledCommand(
            "export", "Write the draws of a run after its warm-up to a file, also while it runs.", "calibrate export two-layer --to draws.csv")
        {
            name, to, location.RunsFolder, location.Journal,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            var path = FileFor(parsed.GetRequiredValue(to));
            await using var journal = location.Open(parsed);
            var problem = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);
            var reader = await RunReader.OpenAsync(journal, run, problem, cancellationToken: cancellation);
            if (reader.DrawsPerChain == 0)
            {
                throw new UserException(string.Create(
                    CultureInfo.InvariantCulture, $"Run '{run}' has no draws yet: its warm-up lasts until iteration {reader.WarmUp:N0}."));
            }

            var rows = await CsvExport.WriteAsync(reader, [.. problem.ReportedNames, .. problem.RecordedNames], path, cancellation);
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} draws written to {path}."));
            return ExitCode.Done;
        });
        return command;
    }

    private static string FileFor(string path)
    {
        if (!string.Equals(Path.GetExtension(path), ".csv", StringComparison.OrdinalIgnoreCase))
        {
            throw new UserException($"--to {path}: a file that ends in .csv was expected.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Directory.Exists(folder) && !Directory.Exists(path)
            ? path
            : throw new UserException(Directory.Exists(path) ? $"--to {path}: this is a folder; a file was expected." : $"--to {path}: there is no folder {folder}.");
    }
}
