namespace Calibrate.Architecture.Tests;

/// <summary>Numerics &lt;- Problems &lt;- {Models, Inference} &lt;- Runtime &lt;- {Journal.*, Cluster.*, Serving, Reports} &lt;- Dashboard &lt;- Cli; siblings never know each other.</summary>
public class DirectionTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Numerics"] = [],
        ["Problems"] = ["Numerics"],
        ["Models"] = ["Problems", "Numerics"],
        ["Inference"] = ["Problems", "Numerics"],
        ["Runtime"] = ["Models", "Inference", "Problems", "Numerics"],
        ["Journal.Sqlite"] = ["Runtime", "Models", "Inference", "Problems", "Numerics"],
        ["Cluster.RabbitMq"] = ["Runtime", "Models", "Inference", "Problems", "Numerics"],
        ["Journal.PostgreSql"] = ["Runtime", "Models", "Inference", "Problems", "Numerics"],
        ["Serving"] = ["Runtime", "Models", "Inference", "Problems", "Numerics"],
        ["Reports"] = ["Runtime", "Models", "Inference", "Problems", "Numerics"],
        ["Dashboard"] = ["Reports", "Runtime", "Models", "Inference", "Problems", "Numerics"],
        ["Cli"] = ["Dashboard", "Reports", "Serving", "Cluster.RabbitMq", "Journal.Sqlite", "Journal.PostgreSql", "Runtime", "Models", "Inference", "Problems", "Numerics"],
    };

    [Fact]
    public void Every_source_project_has_a_place_in_the_direction() =>
        Assert.Equal(MayKnow.Keys.Order(StringComparer.Ordinal), Repository.SourceProjects);

    [Fact]
    public void Projects_reference_only_what_stands_below_them()
    {
        var violations = from project in Repository.SourceProjects
                         from reference in Repository.ProjectReferences(project)
                         where !MayKnow[project].Contains(reference, StringComparer.Ordinal)
                         select $"{project} -> {reference}";
        Assert.Empty(violations);
    }

    [Theory]
    [InlineData("Microsoft.Data.Sqlite", "Journal.Sqlite")]
    [InlineData("RabbitMQ.Client", "Cluster.RabbitMq")]
    [InlineData("Npgsql", "Journal.PostgreSql")]
    [InlineData("YamlDotNet", "Problems")]
    [InlineData("Google.Protobuf", "Runtime")]
    [InlineData("System.CommandLine", "Cli")]
    [InlineData("Spectre.Console", "Cli")]
    public void A_library_with_effects_has_exactly_one_owner(string package, string owner) =>
        Assert.Equal([owner], Repository.SourceProjects.Where(project => Repository.PackageReferences(project).Contains(package, StringComparer.Ordinal)));

    [Fact]
    public void Versions_stand_in_one_place()
    {
        var violations = from file in Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
                         where File.ReadAllText(file).Contains("PackageReference", StringComparison.Ordinal)
                         from line in File.ReadLines(file)
                         where line.Contains("<PackageReference", StringComparison.Ordinal) && line.Contains("Version=", StringComparison.Ordinal)
                         select Path.GetRelativePath(Repository.Root, file);
        Assert.Empty(violations);
    }
}
