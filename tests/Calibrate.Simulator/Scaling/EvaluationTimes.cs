using Calibrate.Inference;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;

namespace Calibrate.Simulator.Scaling;

/// <summary>
/// How long every evaluation takes: log-normal, a function of the evaluation alone. So every schedule of a run has the same work to do, and a
/// second copy of an evaluation takes as long as the first, which is the worst case for whoever hedges.
/// </summary>
/// <param name="Median">Median in seconds.</param>
/// <param name="Sigma">Standard deviation of the logarithm.</param>
/// <param name="Seed">Seed of the times; has nothing to do with the chain.</param>
public sealed record EvaluationTimes(double Median = 0.005, double Sigma = 1, ulong Seed = 1)
{
    // The words must not be those that the chain is drawn from: a step's own words decide in which half of the ensemble it is.
    private const uint Purpose = 0xFFFF0000;

    /// <summary>Mean in seconds.</summary>
    public double Mean => Median * Math.Exp(Sigma * Sigma / 2);

    /// <summary>Seconds of one evaluation.</summary>
    public double Of(EvaluationId id)
    {
        var block = Philox.Block(
            PhiloxKey.FromSeed(Seed), new PhiloxCounter((uint)id.Walker, (uint)id.Iteration, (uint)id.Ensemble, Purpose | (uint)id.Attempt));
        return Median * Math.Exp(Sigma * NormalQuantile.Of(block.Uniform01));
    }

    /// <summary>Seconds of a batch on one slot.</summary>
    public double Of(IReadOnlyList<EvaluationRequest> requests) => requests.Sum(request => Of(request.Id));
}
