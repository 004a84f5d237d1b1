using System.Text;
using Calibrate.Dashboard.Metrics;
using Calibrate.Dashboard.Projections;
using Calibrate.Runtime.Journals;
using Microsoft.AspNetCore.Http;

namespace Calibrate.Dashboard.Api;

/// <summary>All runs for Prometheus.</summary>
internal sealed class MetricsEndpoint(RunCatalog catalog, RunWatches watches)
{
    public async Task ReadAsync(HttpContext context)
    {
        try
        {
            var text = RunMetrics.Write(await catalog.ReadAsync(context.RequestAborted), watches.Watchers);
            await Answer.WriteAsync(context, PrometheusText.ContentType, Encoding.UTF8.GetBytes(text));
        }
        catch (JournalException exception)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }
}
