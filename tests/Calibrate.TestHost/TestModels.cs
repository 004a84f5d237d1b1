using System.Diagnostics.CodeAnalysis;
using Calibrate.Models;
using Calibrate.Problems.Models;

namespace Calibrate.TestHost;

/// <summary>The built-in models, and some that take their time or misbehave; all of them are the same standard normal density.</summary>
public sealed class TestModels : IModelCatalog
{
    private readonly BuiltInModels builtIn = new();
    private readonly IModelDefinition[] own = [new SleepDefinition(), new SpinDefinition(), new FaultyDefinition()];

    public IReadOnlyList<string> Names => [.. builtIn.Names, .. own.Select(definition => definition.Name)];

    public bool TryGet(string name, [NotNullWhen(true)] out IModelDefinition? definition)
    {
        definition = Array.Find(own, candidate => candidate.Name == name);
        return definition is not null || builtIn.TryGet(name, out definition);
    }
}
