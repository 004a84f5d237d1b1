using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.Assemblies;

/// <summary>y = 2 a: loaded from the assembly of the tests as a user's model is.</summary>
public sealed class DoublingModel : IModel
{
    public ModelSignature Signature { get; } = new([new ModelParameter("a")], [new OutputSignature("y")]);

    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output) => output[0][0] = 2 * parameters[0];
}

/// <summary>The same, for others to inherit from.</summary>
public class OpenDoublingModel : IModel
{
    public ModelSignature Signature { get; } = new DoublingModel().Signature;

    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output) => output[0][0] = 2 * parameters[0];
}

/// <summary>Makes models itself.</summary>
public sealed class DoublingFactory : IModelFactory
{
    public ModelSignature Signature => new DoublingModel().Signature;

    public IModel Create() => new DoublingModel();
}

/// <summary>Cannot be made.</summary>
public sealed class BrokenModel : IModel
{
    public BrokenModel() => throw new InvalidOperationException("no licence");

    public ModelSignature Signature => throw new InvalidOperationException();

    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output) => throw new InvalidOperationException();
}

/// <summary>The class that docs/models/dotnet.md shows.</summary>
public sealed class Growth : IModel
{
    public ModelSignature Signature { get; } = new([new ModelParameter("rate")], [new OutputSignature("size")]);

    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output) => output[0][0] = Math.Exp(parameters[0]);
}
