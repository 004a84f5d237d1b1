using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Calibrate.Dashboard.Api;

/// <summary>Answers: JSON, and mistakes as RFC 9457 problem details, or as plain text for who asked for a page.</summary>
internal static class Answer
{
    public static Task RefuseAsync(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        return context.Request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
            ? WriteAsync(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(detail + "\n"))
            : WriteAsync(
                context,
                "application/problem+json",
                JsonSerializer.SerializeToUtf8Bytes(new ProblemDetail(status, detail), DashboardJson.Default.ProblemDetail));
    }

    public static Task JsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type) =>
        WriteAsync(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Writes a body, and only its length for HEAD.</summary>
    public static Task WriteAsync(HttpContext context, string contentType, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
