using System.Reflection;
using Calibrate.Models;
using Calibrate.Numerics.Random;
using Calibrate.Problems;
using Calibrate.Problems.Models;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// Tells builds of the code that evaluates apart: workers of another build may compute other bits, which is the one failure of a cluster that is
/// silently wrong.
/// </summary>
public static class BuildIdentity
{
    /// <summary>
    /// The version, and a digest of the module ids of every assembly between a parameter vector and its log likelihood. The compiler derives
    /// those from the content of a module, so copies of one build agree wherever they lie.
    /// </summary>
    /// <param name="catalog">The models; the assembly of its type belongs to the build.</param>
    public static string Of(IModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        Assembly[] assemblies =
        [
            typeof(Philox).Assembly, typeof(Problem).Assembly, typeof(BuiltInModels).Assembly, typeof(BuildIdentity).Assembly, catalog.GetType().Assembly,
        ];
        var modules = string.Join('\n', assemblies.Distinct().Select(assembly => assembly.ManifestModule.ModuleVersionId.ToString("D")));
        var version = typeof(BuildIdentity).Assembly.GetName().Version?.ToString(3) ?? "unknown";
        return $"{version} {Fingerprint.Of(modules).Short}";
    }
}
