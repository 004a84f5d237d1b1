using System.Text.RegularExpressions;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests;

public class BuiltInModelsTests
{
    private readonly BuiltInModels models = new();

    [Fact]
    public void Lists_the_models_that_are_named() => Assert.Equal(
        ["two-layer", "gaussian", "rosenbrock", "bimodal", "funnel"],
        models.Names.Where(name => models.TryGet(name, out IModelDefinition? definition) && !definition.IsDirect));

    [Fact]
    public void A_model_that_stands_directly_under_model_requires_the_option_of_its_name() => Assert.All(
        models.Names.Select(name => models.TryGet(name, out IModelDefinition? definition) ? definition : null).Where(d => d!.IsDirect),
        definition => Assert.True(definition!.Options.Single(o => o.Name == definition.Name).Required));

    [Fact]
    public void Finds_every_model_it_lists_under_its_own_name() => Assert.All(models.Names, name =>
    {
        Assert.True(models.TryGet(name, out IModelDefinition? definition));
        Assert.Equal(name, definition.Name);
        Assert.Matches(new Regex("^[a-z]+(-[a-z]+)*$", RegexOptions.None, TimeSpan.FromSeconds(1)), definition.Name);
        Assert.True(definition.Version >= 1);
        Assert.EndsWith(".", definition.Description, StringComparison.Ordinal);
        Assert.All(definition.Options, option => Assert.EndsWith(".", option.Description, StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("Two-Layer")]
    [InlineData("")]
    public void Finds_nothing_else(string name) => Assert.False(models.TryGet(name, out _));
}
