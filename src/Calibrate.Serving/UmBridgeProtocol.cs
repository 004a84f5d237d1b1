using Calibrate.Runtime;
using Microsoft.AspNetCore.Http;

namespace Calibrate.Serving;

/// <summary>
/// The server's side of version 1.0 of the UM-Bridge protocol (Seelinger et al. 2023, Journal of Open Source Software 8(83), 4748): eight
/// endpoints, JSON in, JSON out.
/// </summary>
internal sealed class UmBridgeProtocol(IReadOnlyList<ServedModel> models)
{
    /// <summary>Largest body that is read, in bytes.</summary>
    public const int LargestBody = 1 << 20;

    private static readonly string[] Questions =
        ["/ModelInfo", "/InputSizes", "/OutputSizes", "/Evaluate", "/Gradient", "/ApplyJacobian", "/ApplyHessian"];

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        (var status, var body) = await AnswerAsync(context.Request);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body);
        }
    }

    private async Task<(int Status, ReadOnlyMemory<byte> Body)> AnswerAsync(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        if (path == "/Info")
        {
            return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
                ? (200, ServedBody.Info(models.Select(m => m.Name)))
                : Refuse(ProtocolError.InvalidInput("/Info is asked for with GET", 405));
        }

        if (!Questions.Contains(path, StringComparer.Ordinal))
        {
            return Refuse(ProtocolError.InvalidInput($"there is no such endpoint: GET /Info, POST {string.Join(", ", Questions)}", 404));
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return Refuse(ProtocolError.InvalidInput($"{path} is asked for with POST", 405));
        }

        byte[] body;
        try
        {
            body = await ReadAsync(request);
        }
        catch (BadHttpRequestException exception)
        {
            return Refuse(ProtocolError.InvalidInput(exception.Message, exception.StatusCode));
        }

        try
        {
            return await AnswerAsync(path, body);
        }
        catch (InvalidOperationException)
        {
            return Refuse(ProtocolError.InvalidInput("the body has text that is no Unicode"));
        }
    }

    private async Task<(int Status, ReadOnlyMemory<byte> Body)> AnswerAsync(string path, byte[] body)
    {
        if (ServedRequest.Parse(body, out var error) is not { } request || ServedRequest.Model(request, models, out error) is not { } model)
        {
            return Refuse(error!);
        }

        if (path is "/Gradient" or "/ApplyJacobian" or "/ApplyHessian")
        {
            return Refuse(ProtocolError.UnsupportedFeature($"{path[1..]} is not supported by '{model.Name}'"));
        }

        if (ServedRequest.CheckConfig(request) is { } misconfigured)
        {
            return Refuse(misconfigured);
        }

        return path switch
        {
            "/ModelInfo" => (200, ServedBody.ModelInfo()),
            "/InputSizes" => (200, ServedBody.Sizes("inputSizes", [model.InputSize])),
            "/OutputSizes" => (200, ServedBody.Sizes("outputSizes", model.OutputSizes)),
            _ => ServedRequest.Input(request, model, out error) is { } point ? await EvaluateAsync(model, point) : Refuse(error!),
        };
    }

    private static async Task<(int Status, ReadOnlyMemory<byte> Body)> EvaluateAsync(ServedModel model, double[] point)
    {
        try
        {
            var answer = await model.EvaluateAsync(point);
            return answer.Outputs is { } outputs ? (200, ServedBody.Output(outputs)) : Refuse(answer.Error!);
        }
        catch (RunException exception)
        {
            return Refuse(ProtocolError.Internal(exception.Message.ReplaceLineEndings(" ")));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // one request that goes wrong must not take the client's connection, and the client must learn what it was
            return Refuse(ProtocolError.Internal($"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}"));
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream(request.ContentLength is > 0 and <= LargestBody and var length ? (int)length : 0);
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private static (int Status, ReadOnlyMemory<byte> Body) Refuse(ProtocolError error) => (error.Status, ServedBody.Error(error));
}
