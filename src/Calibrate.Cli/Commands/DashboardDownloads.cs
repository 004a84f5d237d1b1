using Calibrate.Cli.Output;
using Calibrate.Dashboard;
using Calibrate.Problems.Models;
using Calibrate.Reports;
using Calibrate.Reports.Html;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary>What a dashboard offers to download: made by the code of <c>calibrate report</c> and <c>calibrate export</c>.</summary>
internal static class DashboardDownloads
{
    public static IReadOnlyList<RunDownload> Of(IJournal journal, IModelCatalog models, TimeProvider clock, string locationHint) =>
    [
        new("report", "Report (HTML)", ".html", "text/html; charset=utf-8", async (run, path, cancellation) =>
        {
            var problem = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);
            var settings = new PredictiveSettings { Models = models, Clock = clock };
            var content = await RunReport.GatherAsync(journal, run, problem, settings, locationHint, cancellation);
            AtomicText.Write(path, writer => ReportPage.Write(content, writer));
        }),
    ];
}
