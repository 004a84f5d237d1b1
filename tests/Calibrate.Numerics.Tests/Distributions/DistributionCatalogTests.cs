using System.Text.Json;
using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class DistributionCatalogTests
{
    [Fact]
    public void EveryDistributionOfTheReferenceIsThere()
    {
        string[] elsewhere = ["truncated_normal", "multivariate_normal"];
        foreach (JsonProperty entry in ReferenceCases.Scipy.EnumerateObject())
        {
            string name = entry.Name.Split('(')[0];
            Assert.True(elsewhere.Contains(name) || DistributionCatalog.TryGet(name, out _), name);
        }
    }

    [Fact]
    public void EveryUnivariateDistributionOfTheLibraryIsThere()
    {
        Type[] implementations =
        [
            .. typeof(IDistribution).Assembly.GetTypes()
                .Where(type => type.IsAssignableTo(typeof(IDistribution)) && !type.IsInterface && type != typeof(Truncated)),
        ];
        Assert.Equal(
            implementations.Select(type => type.Name).Order(StringComparer.Ordinal),
            DistributionCatalog.Definitions.Select(definition => Example(definition).GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NamesAndAliasesAreAllDifferent()
    {
        string[] names = [.. DistributionCatalog.Definitions.SelectMany(definition => definition.Aliases.Append(definition.Name))];
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(DistributionCatalog.Definitions.Count, DistributionCatalog.Names.Count);
    }

    [Fact]
    public void ParameterNamesOfOneDistributionAreAllDifferent() =>
        Assert.All(DistributionCatalog.Definitions, definition =>
        {
            string[] names = [.. definition.Parameters.SelectMany(parameter => parameter.AlternateNames.Append(parameter.Name))];
            Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        });

    [Fact]
    public void MessagesUseTheNamesOfTheCatalog() =>
        Assert.All(DistributionCatalog.Definitions.Where(definition => definition.Parameters.Count > 0), definition =>
        {
            double[] broken = [.. definition.Parameters.Select(_ => double.NaN)];
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => definition.Create(broken)).Message;
            Assert.StartsWith($"{definition.Name}: {definition.Parameters[0].Name} ", message, StringComparison.Ordinal);
        });

    [Fact]
    public void TheTextOfADistributionHasItsArgumentsInOrder() =>
        Assert.All(DistributionCatalog.Definitions.Where(definition => definition.Parameters.Count > 0), definition =>
        {
            double[] arguments = ExampleArguments(definition);
            Assert.Equal(Argument.Call(definition.Name, arguments), definition.Create(arguments).ToString());
        });

    [Fact]
    public void AnAliasMeansTheSame() =>
        Assert.Equal("log_normal(0.2, 0.7)", DistributionCatalog.Create("lognormal", 0.2, 0.7).ToString());

    [Fact]
    public void AnUnknownNameListsTheKnownOnes()
    {
        string message = Assert.Throws<ArgumentException>(() => DistributionCatalog.Create("norml", 0, 1)).Message;
        Assert.StartsWith("there is no distribution named 'norml'; expected one of normal, uniform, log_normal", message, StringComparison.Ordinal);
    }

    private static IDistribution Example(DistributionDefinition definition) => definition.Create(ExampleArguments(definition));

    // 1, 2, 3 are in order and positive: valid for every distribution.
    private static double[] ExampleArguments(DistributionDefinition definition) =>
        [.. Enumerable.Range(1, definition.Parameters.Count).Select(i => (double)i)];
}
