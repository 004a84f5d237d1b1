using Calibrate.Cli.Output;
using Calibrate.Dashboard;
using Calibrate.Problems.Models;
using Calibrate.Reports;
using Calibrate.Reports.Exports;
using Calibrate.Reports.Html;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary>What a dashboard offers to download: made by the code of <c>calibrate report</c> and <c>calibrate export</c>.</summary>
internal static class DashboardDownloads
{
    // Formats of one file each, the most useful first.
    private static readonly (string Ending, string ContentType)[] Exports =
    [
        (".nc", "application/x-netcdf"),
        (".h5", "application/x-hdf5"),
        (".csv", "text/csv; charset=utf-8"),
        (".npz", "application/zip"),
    ];

    public static IReadOnlyList<RunDownload> Of(IJournal journal, IModelCatalog models, TimeProvider clock, string locationHint) =>
    [
        new("report", "Report (HTML)", ".html", "text/html; charset=utf-8", async (run, path, cancellation) =>
        {
            var problem = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);
            var settings = new PredictiveSettings { Models = models, Clock = clock };
            var content = await RunReport.GatherAsync(journal, run, problem, settings, locationHint, cancellation);
            AtomicText.Write(path, writer => ReportPage.Write(content, writer));
        }),
        .. Exports.Select(export => new RunDownload(export.Ending[1..], LabelOf(export.Ending), export.Ending, export.ContentType, async (run, path, cancellation) =>
        {
            var problem = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);
            var reader = await RunReader.OpenAsync(journal, run, problem, cancellationToken: cancellation);
            var options = new ExportOptions(path) { Predictive = new PredictiveSettings { Models = models } };
            await RunExport.WriteAsync(reader, problem, options, clock, cancellation);
        })),
    ];

    private static string LabelOf(string ending) => $"{RunExport.Formats.First(format => format.Ending == ending).Description} ({ending})";
}
