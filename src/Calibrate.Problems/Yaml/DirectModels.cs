using Calibrate.Problems.Models;

namespace Calibrate.Problems.Yaml;

/// <summary>Models whose options stand directly under <c>model</c>, such as <c>model: { command: [python3, model.py] }</c>.</summary>
internal static class DirectModels
{
    public static IEnumerable<IModelDefinition> In(IModelCatalog catalog)
    {
        foreach (string name in catalog.Names)
        {
            if (catalog.TryGet(name, out IModelDefinition? definition) && definition.IsDirect)
            {
                yield return definition;
            }
        }
    }

    /// <summary>The model that one of the keys under <c>model</c> tells; null when the model is named, or nothing tells it.</summary>
    public static IModelDefinition? Find(IModelCatalog catalog, IEnumerable<string> keys)
    {
        HashSet<string> given = new(keys, StringComparer.Ordinal);
        return In(catalog).FirstOrDefault(definition => given.Contains(definition.Name));
    }
}
