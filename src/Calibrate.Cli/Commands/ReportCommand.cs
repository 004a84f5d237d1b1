using System.CommandLine;
using System.Globalization;
using Calibrate.Cli.Output;
using Calibrate.Problems.Models;
using Calibrate.Reports;
using Calibrate.Reports.Figures;
using Calibrate.Reports.Html;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate report RUN</c>: what a run found and how far it can be trusted, as one HTML file.</summary>
internal static class ReportCommand
{
    private const string FileInRun = "report.html";

    public static Command Create(Terminal terminal, TimeProvider clock, IModelCatalog models)
    {
        var location = new JournalLocation();
        var name = RunName.Argument(location);
        var to = new Option<string?>("--to")
        {
            Description = $"The file to write (default: {FileInRun} in the run's folder; RUN-{FileInRun} here for a run in a database).",
            HelpName = "FILE",
        };
        var figures = new Option<string?>("--figures") { Description = "Also write each figure as plotly JSON into this folder.", HelpName = "DIR" };
        var predictive = new Option<int>("--predictive")
        {
            Description = "Posterior draws to predict the observations from, within a minute; 0 for none.",
            DefaultValueFactory = _ => PredictiveSettings.DefaultDraws,
            HelpName = "N",
        };
        var quiet = new Verbosity().Quiet;
        var command = new ExampledCommand(
            "report",
            "Write a run's report: one HTML file with verdict, tables and figures, also while it runs.",
            "calibrate report two-layer",
            "calibrate report two-layer --to two-layer.html --figures figures")
        {
            name, to, figures, predictive, quiet, location.RunsFolder, location.Journal,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            var settings = new PredictiveSettings { Draws = DrawsOf(parsed.GetValue(predictive)), Models = models, Clock = clock };
            var folder = parsed.GetValue(figures);
            await using var journal = location.Open(parsed);
            var path = parsed.GetValue(to) ?? DefaultFile(location.FolderOnly(parsed), run);
            var problem = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);
            RefuseUnwritable(path);
            var content = await RunReport.GatherAsync(journal, run, problem, settings, location.Hint(parsed), cancellation);
            AtomicText.Write(path, writer => ReportPage.Write(content, writer));
            if (folder is not null)
            {
                WriteFigures(folder, content.Figures);
            }

            if (!parsed.GetValue(quiet))
            {
                var written = folder is null ? "" : string.Create(CultureInfo.InvariantCulture, $", {content.Figures.Count} figures to {folder}");
                await terminal.Error.WriteLineAsync($"Report written to {path}{written}.");
                if (!PlotlyScript.IsAvailable)
                {
                    await terminal.Error.WriteLineAsync("It has tables but no figures: this build of Calibrate was made without Node. --figures DIR writes them for Python's plotly.");
                }
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static int DrawsOf(int draws) => draws is >= 0 and <= 100_000
        ? draws
        : throw new UserException(string.Create(CultureInfo.InvariantCulture, $"--predictive is {draws}; expected a number from 0 to 100,000."));

    /// <summary>Where the report of a run lies when nobody says where.</summary>
    public static string DefaultFile(string? runsFolder, RunId run) =>
        runsFolder is null ? $"{run.Name}-{FileInRun}" : Path.Combine(runsFolder, run.Name, FileInRun);

    private static void RefuseUnwritable(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Directory.Exists(path))
        {
            throw new UserException($"--to {path}: this is a folder; a file was expected.");
        }

        if (!Directory.Exists(folder))
        {
            throw new UserException($"--to {path}: there is no folder {folder}.");
        }
    }

    private static void WriteFigures(string folder, IReadOnlyList<Figure> figures)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException exception)
        {
            throw new UserException($"--figures {folder}: {exception.Message}");
        }

        foreach (var figure in figures)
        {
            AtomicText.Write(Path.Combine(folder, FileNameOf(figure.Name) + ".json"), writer => writer.Write(figure.ToJson()));
        }
    }

    // Targets may have any name; files may not.
    private static string FileNameOf(string name) =>
        string.Concat(name.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
}
