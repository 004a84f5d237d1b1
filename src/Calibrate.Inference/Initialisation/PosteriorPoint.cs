using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Initialisation;

/// <summary>The log posterior of single points: prior first, then the likelihood where the prior allows it.</summary>
internal sealed class PosteriorPoint(IParameterSpace space, ILikelihood likelihood)
{
    private readonly EvaluationBatch batch = new();
    private readonly double[] natural = new double[space.NaturalDimension];

    internal int Evaluations { get; private set; }

    /// <summary>Log likelihood plus log prior; -inf outside the prior's support and where the model fails.</summary>
    internal double Evaluate(ReadOnlySpan<double> sampled)
    {
        double logPrior = 0;
        double logJacobian = 0;
        space.Evaluate(1, sampled, natural, new Span<double>(ref logPrior), new Span<double>(ref logJacobian));
        if (!(logPrior > double.NegativeInfinity))
        {
            return double.NegativeInfinity;
        }

        Evaluations++;
        likelihood.Evaluate(1, natural, batch);
        double logPosterior = batch.LogLikelihoods[0] + logPrior;
        return logPosterior < double.PositiveInfinity ? logPosterior : double.NegativeInfinity;
    }
}
