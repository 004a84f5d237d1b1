using System.Text.Json;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using Microsoft.AspNetCore.Http;

namespace Calibrate.Dashboard.Api;

/// <summary>Pause, resume, extend, stop: passed on to whoever drives the run, and answered with what they say.</summary>
internal sealed class ControlEndpoints(IRunControl? control)
{
    private const int LargestBody = 1024;

    public Task PauseAsync(HttpContext context, RunId run) => SendAsync(context, run, new ControlRequest.Pause());

    public Task ResumeAsync(HttpContext context, RunId run) => SendAsync(context, run, new ControlRequest.Resume());

    public Task StopAsync(HttpContext context, RunId run) => SendAsync(context, run, new ControlRequest.Stop());

    public async Task ExtendAsync(HttpContext context, RunId run)
    {
        if (await ReadAsync(context) is not { Iterations: > 0 } request)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status400BadRequest, "Expected a body such as {\"iterations\": 20000}: the new total of iterations, above 0.");
            return;
        }

        await SendAsync(context, run, new ControlRequest.Extend(request.Iterations));
    }

    private async Task SendAsync(HttpContext context, RunId run, ControlRequest request)
    {
        if (control is null)
        {
            await Answer.RefuseAsync(
                context, StatusCodes.Status409Conflict, "This dashboard has no way to the run's coordinator: start it with --broker, or over the folder of runs.");
            return;
        }

        var reply = await control.SendAsync(run, request, context.RequestAborted);
        context.Response.StatusCode = reply.Result switch
        {
            ControlResult.Done => StatusCodes.Status200OK,
            ControlResult.Refused or ControlResult.NotRunning => StatusCodes.Status409Conflict,
            ControlResult.Forbidden => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status504GatewayTimeout,
        };
        await Answer.JsonAsync(context, reply, DashboardJson.Default.ControlReply);
    }

    private static async Task<ExtendRequest?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength is > LargestBody || !context.Request.HasJsonContentType())
        {
            return null;
        }

        var body = new byte[LargestBody + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        try
        {
            return length > LargestBody ? null : JsonSerializer.Deserialize(body.AsSpan(0, length), DashboardJson.Default.ExtendRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
