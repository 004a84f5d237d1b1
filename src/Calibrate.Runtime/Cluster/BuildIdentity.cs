using System.Reflection;
using Calibrate.Models;
using Calibrate.Numerics.Random;
using Calibrate.Problems;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// Tells whether two processes evaluate with the same code: Calibrate's version, and a fingerprint of the modules that take part in an
/// evaluation. Builds are deterministic, so the same source built with the same compiler has the same identity on every machine.
/// </summary>
public static class BuildIdentity
{
    /// <summary>The identity of this process's code, for example <c>0.1.0+4f1c... (modules 52c1a09be7f3)</c>.</summary>
    /// <remarks>The assembly of a model from elsewhere is part of <see cref="Problem.ModelFingerprint"/> by itself.</remarks>
    public static string Current { get; } = Of(
        typeof(BuildIdentity).Assembly,
        [
            typeof(Philox).Assembly,
            typeof(Problem).Assembly,
            typeof(BuiltInModels).Assembly,
            typeof(BuildIdentity).Assembly,
            typeof(MathNet.Numerics.SpecialFunctions).Assembly,
        ]);

    /// <summary>The identity of some modules.</summary>
    /// <param name="versioned">The assembly whose version is told.</param>
    /// <param name="evaluating">The assemblies that take part in an evaluation.</param>
    internal static string Of(Assembly versioned, IReadOnlyList<Assembly> evaluating)
    {
        var version = versioned.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        var modules = evaluating
            .Select(assembly => $"{assembly.GetName().Name} {assembly.ManifestModule.ModuleVersionId:N}")
            .Order(StringComparer.Ordinal);
        return $"{version} (modules {Fingerprint.Of(string.Join('\n', modules)).Short})";
    }
}
