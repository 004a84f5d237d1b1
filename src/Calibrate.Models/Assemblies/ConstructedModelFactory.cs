using System.Reflection;
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
    /// <exception cref="ModelUnavailableException">The constructor throws, though it did not when the problem was loaded.</exception>
    public IModel Create()
    {
        try
        {
            return (IModel)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } cause)
        {
            throw new ModelUnavailableException(
                $"another '{type.FullName}' cannot be made: its constructor threw {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}", cause);
        }
    }
}
