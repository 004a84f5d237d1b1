using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.UmBridge;

/// <summary>One slot's use of the pool: its own buffers, so that a request costs the network and little else.</summary>
internal sealed class UmBridgeModel(ModelSignature signature, UmBridgePool pool, UmBridgeContract contract, string config) : IModel
{
    private readonly UmBridgeRequest request = new(contract, config);
    private readonly UmBridgeReply reply = new();

    public ModelSignature Signature { get; } = signature;

    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        pool.Evaluate(request.Evaluate(parameters), reply, contract, output.Values);
    }
}

/// <summary>Makes models that share the pool and its connections.</summary>
internal sealed class UmBridgeModelFactory(ModelSignature signature, UmBridgePool pool, UmBridgeContract contract, string config) : IModelFactory
{
    public ModelSignature Signature { get; } = signature;

    public IModel Create() => new UmBridgeModel(Signature, pool, contract, config);
}

/// <summary>One slot's use of a model whose single output is a log density.</summary>
internal sealed class UmBridgeDensity(UmBridgePool pool, UmBridgeContract contract, string config) : ILogDensity
{
    private readonly UmBridgeRequest request = new(contract, config);
    private readonly UmBridgeReply reply = new();
    private readonly double[] point = new double[contract.InputLength];

    public int Dimension => point.Length;

    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < point.Length; j++)
            {
                point[j] = points[(j * count) + i];
            }

            pool.Evaluate(request.Evaluate(point), reply, contract, logDensities.Slice(i, 1));
        }
    }
}

/// <summary>Makes densities that share the pool and its connections.</summary>
internal sealed class UmBridgeDensityFactory(UmBridgePool pool, UmBridgeContract contract, string config) : ILogDensityFactory
{
    public ILogDensity Create() => new UmBridgeDensity(pool, contract, config);
}
