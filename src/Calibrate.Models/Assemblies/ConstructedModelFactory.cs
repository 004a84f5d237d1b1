using Calibrate.Problems.Models;

namespace Calibrate.Models.Assemblies;

/// <summary>Makes models by a constructor without parameters.</summary>
/// <param name="type">The class.</param>
/// <param name="signature">What its instances take and give.</param>
internal sealed class ConstructedModelFactory(Type type, ModelSignature signature) : IModelFactory
{
    /// <inheritdoc/>
    public ModelSignature Signature => signature;

    /// <inheritdoc/>
    public IModel Create() => (IModel)Activator.CreateInstance(type)!;
}
