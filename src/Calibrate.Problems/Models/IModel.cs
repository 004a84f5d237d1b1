namespace Calibrate.Problems.Models;

/// <summary>
/// A forward model: parameters in, named outputs out, the same bits every time. One instance is used by one slot at a
/// time; instances share nothing mutable. An instance that owns something, such as a process, implements <see cref="IDisposable"/>: its slot
/// disposes it.
/// </summary>
public interface IModel
{
    /// <summary>Names of the parameters and outputs; the same for every instance of one factory.</summary>
    ModelSignature Signature { get; }

    /// <summary>Runs the model at one parameter vector.</summary>
    /// <param name="parameters">Natural values in the order of <see cref="ModelSignature.Parameters"/>.</param>
    /// <param name="output">Receives the outputs; every value is NaN before the call, and a NaN left behind is a failure.</param>
    /// <exception cref="ModelUnavailableException">The model cannot go on, whatever the parameters: this ends the run.</exception>
    /// <exception cref="Exception">Any other exception is a deterministic failure of this parameter vector, not of the program.</exception>
    void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output);
}

/// <summary>A model that runs many parameter vectors at once, with exactly the bits of one at a time.</summary>
public interface IBatchModel : IModel
{
    /// <summary>The number of points the model likes best at once, for example its vector width.</summary>
    int PreferredBatch { get; }

    /// <summary>Runs the model at every point of a batch.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="parameters">Structure of arrays: <c>parameters[j * count + i]</c> = parameter j of point i.</param>
    /// <param name="outputs">Receives the outputs; a point that fails is reported with <see cref="ModelOutputBatch.Fail"/>.</param>
    void Evaluate(int count, ReadOnlySpan<double> parameters, ModelOutputBatch outputs);
}

/// <summary>Makes model instances, one per slot. Safe to call from any thread.</summary>
public interface IModelFactory
{
    /// <summary>Names of the parameters and outputs of every instance.</summary>
    ModelSignature Signature { get; }

    /// <summary>Creates an instance for one slot.</summary>
    IModel Create();
}
