using System.Reflection;
using System.Runtime.Loader;

namespace Calibrate.Models.Assemblies;

/// <summary>
/// Where the assembly of a model and its dependencies are loaded, from bytes: no other model sees them. What the program itself has, such as the
/// contracts of models, is shared with it.
/// </summary>
internal sealed class ModelLoadContext : AssemblyLoadContext
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates an empty context.</summary>
    /// <param name="dependencies">The assemblies that the model's may need, by the simple name of each.</param>
    public ModelLoadContext(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> dependencies)
        : base("model", isCollectible: true)
    {
        foreach ((string name, ReadOnlyMemory<byte> bytes) in dependencies)
        {
            byName[name] = bytes;
        }
    }

    /// <summary>Loads an assembly.</summary>
    /// <exception cref="BadImageFormatException">The bytes are no .NET assembly.</exception>
    public Assembly Load(ReadOnlyMemory<byte> bytes) => LoadFromStream(new MemoryStream(bytes.ToArray(), writable: false));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The program's own come first: a second copy of the contracts would make the model's types no models.
        Assembly? shared = Default.Assemblies.FirstOrDefault(a => a.GetName().Name == assemblyName.Name);
        return shared ?? (assemblyName.Name is { } name && byName.TryGetValue(name, out ReadOnlyMemory<byte> bytes) ? Load(bytes) : null);
    }
}
