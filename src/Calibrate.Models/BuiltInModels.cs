using System.Diagnostics.CodeAnalysis;
using Calibrate.Models.Assemblies;
using Calibrate.Models.Expressions;
using Calibrate.Models.FileModels;
using Calibrate.Models.LogDensities;
using Calibrate.Models.Processes;
using Calibrate.Models.TwoLayer;
using Calibrate.Models.UmBridge;
using Calibrate.Problems.Models;

namespace Calibrate.Models;

/// <summary>The models that come with Calibrate.</summary>
public sealed class BuiltInModels : IModelCatalog
{
    private readonly Dictionary<string, IModelDefinition> definitions;

    /// <summary>Creates the catalogue.</summary>
    public BuiltInModels()
    {
        IModelDefinition[] all =
        [
            new TwoLayerDefinition(),
            new GaussianDefinition(),
            new RosenbrockDefinition(),
            new BimodalDefinition(),
            new FunnelDefinition(),
            new ProcessDefinition(),
            new ExpressionDefinition(),
            new UmBridgeDefinition(),
            new FileModelDefinition(),
            new AssemblyDefinition(),
        ];
        Names = [.. all.Select(d => d.Name)];
        definitions = all.ToDictionary(d => d.Name, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <inheritdoc/>
    public bool TryGet(string name, [NotNullWhen(true)] out IModelDefinition? definition) =>
        definitions.TryGetValue(name, out definition);
}
