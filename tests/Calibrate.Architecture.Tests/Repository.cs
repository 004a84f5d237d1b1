using System.Xml.Linq;

namespace Calibrate.Architecture.Tests;

/// <summary>The checked-out tree, read as text: what the rules of the architecture are tested on.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the projects under <c>src</c>, without the <c>Calibrate.</c> prefix.</summary>
    public static IReadOnlyList<string> SourceProjects { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(d => ShortName(Path.GetFileName(d))).Order(StringComparer.Ordinal)];

    public static string ProjectFile(string shortName) =>
        Path.Combine(Root, "src", $"Calibrate.{shortName}", $"Calibrate.{shortName}.csproj");

    public static IEnumerable<string> ProjectReferences(string shortName) =>
        Items(ProjectFile(shortName), "ProjectReference").Select(path => ShortName(Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))));

    public static IEnumerable<string> PackageReferences(string shortName) => Items(ProjectFile(shortName), "PackageReference");

    /// <summary>Every C# file below a folder of the repository, build output left out; paths relative to the root.</summary>
    public static IEnumerable<string> SourceFiles(params string[] folders) =>
        from folder in folders
        where Directory.Exists(Path.Combine(Root, folder))
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !relative.Contains("/obj/", StringComparison.Ordinal) && !relative.Contains("/bin/", StringComparison.Ordinal)
        orderby relative
        select relative;

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    private static IEnumerable<string> Items(string projectFile, string element) =>
        XDocument.Load(projectFile).Descendants(element).Select(e => (string?)e.Attribute("Include") ?? "");

    private static string ShortName(string name) => name.Replace("Calibrate.", "", StringComparison.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Calibrate.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Calibrate.sln stands in no folder above the tests: run them from a checkout.");
    }
}
