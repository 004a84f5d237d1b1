using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calibrate.Dashboard.Api;

/// <summary>The page's own files, out of this assembly: a name that is not in the table is nothing, so that there is no path to climb out of.</summary>
internal static class StaticFiles
{
    private const string Folder = "wwwroot/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, byte[]> Files = typeof(StaticFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..], Bytes, StringComparer.Ordinal);

    private static readonly byte[] OpenApi = Bytes("openapi.json");

    public static Task PageAsync(HttpContext context, string name) => Answer.WriteAsync(context, ContentTypes[".html"], Files[name]);

    public static Task OpenApiAsync(HttpContext context) => Answer.WriteAsync(context, "application/json", OpenApi);

    public static Task AssetAsync(HttpContext context)
    {
        var name = context.GetRouteValue("file") as string ?? "";
        return Files.TryGetValue(name, out var file) && ContentTypes.TryGetValue(Path.GetExtension(name), out var type)
            ? Answer.WriteAsync(context, type, file)
            : Answer.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such file.");
    }

    private static byte[] Bytes(string resource)
    {
        using var stream = typeof(StaticFiles).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
