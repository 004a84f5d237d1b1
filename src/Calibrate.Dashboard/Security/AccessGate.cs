using Calibrate.Dashboard.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Calibrate.Dashboard.Security;

/// <summary>
/// Stands in front of every path and every verb: right host, right token, and for what changes something a request that comes from this page.
/// </summary>
/// <param name="token">What must be known.</param>
/// <param name="hosts">Under which names the dashboard answers.</param>
internal sealed class AccessGate(AccessToken token, HostRule hosts)
{
    private const string TokenParameter = "token";
    private const string Scheme = "Bearer ";

    /// <summary>Lets a request pass, or answers it.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SecurityHeaders.AddTo(context.Response);
        var request = context.Request;
        if (!hosts.Allows(request.Host))
        {
            return Answer.RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This dashboard does not answer under the host name of the request.");
        }

        if (HttpMethods.IsGet(request.Method) && request.Query.TryGetValue(TokenParameter, out var given))
        {
            return token.Matches(Single(given)) ? LetIn(context) : UnauthorizedAsync(context);
        }

        var bearer = BearerOf(request.Headers.Authorization);
        var isBearer = bearer is not null;
        if (!token.Matches(isBearer ? bearer : request.Cookies[CookieName(request)]))
        {
            return UnauthorizedAsync(context);
        }

        return IsSafe(request.Method) || ComesFromHere(request, isBearer)
            ? next(context)
            : Answer.RefuseAsync(context, StatusCodes.Status403Forbidden, "The request does not come from this dashboard's own page.");
    }

    // Cookies know no ports: two dashboards on one machine must not overwrite each other's.
    public static string CookieName(HttpRequest request) => $"calibrate-dashboard-{request.Host.Port ?? (request.IsHttps ? 443 : 80)}";

    // The token leaves the address bar at once: it must not stand in the history, in a bookmark or in a picture of the screen.
    private Task LetIn(HttpContext context)
    {
        var request = context.Request;
        context.Response.Cookies.Append(
            CookieName(request),
            token.Reveal(),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", IsEssential = true });
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = LocalPath(request.Path);
        return Task.CompletedTask;
    }

    // "//elsewhere" would be another host.
    private static string LocalPath(PathString path) => "/" + (path.ToUriComponent() ?? "").TrimStart('/', '\\');

    private static Task UnauthorizedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Answer.RefuseAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "Open the address that `calibrate dashboard` printed when it started, or send its token as `Authorization: Bearer TOKEN`. Every start has a new token.");
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // A browser says where a request comes from; a program that knows the token by heart need not.
    private static bool ComesFromHere(HttpRequest request, bool isBearer)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0
            ? isBearer
            : origin.Count == 1 && string.Equals(origin[0], $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    private static string? BearerOf(StringValues authorization) => authorization.Count == 0 ? null
        : Single(authorization) is { } text && text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? text[Scheme.Length..].Trim()
        : "";

    private static string? Single(StringValues values) => values.Count == 1 ? values[0] : null;
}
