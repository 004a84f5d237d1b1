using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Serving;

/// <summary>What a served model answers with: numbers, or why there are none.</summary>
/// <param name="Outputs">The output vectors; null when there are none.</param>
/// <param name="Error">Why there are none.</param>
internal readonly record struct ServedAnswer(double[][]? Outputs, ProtocolError? Error);

/// <summary>
/// One model of the server: free parameters of a problem in, one vector, in natural values. What is fixed or tied is filled in.
/// </summary>
internal abstract class ServedModel(string name, Problem problem, IReadOnlyList<int> outputSizes, IEvaluator evaluator)
{
    public string Name { get; } = name;

    public int InputSize => problem.Space.Dimension;

    public IReadOnlyList<int> OutputSizes { get; } = outputSizes;

    /// <summary>Evaluates one point.</summary>
    public async Task<ServedAnswer> EvaluateAsync(double[] free)
    {
        var sampled = new double[problem.Space.Dimension];
        var natural = new double[problem.Space.NaturalDimension];
        problem.Space.ToSampled(free, sampled);
        var logPrior = LogPrior(sampled, natural);
        return logPrior > double.NegativeInfinity ? Answer(await evaluator.EvaluateAsync(natural), logPrior) : OutsideOfPrior();
    }

    /// <summary>The answer for a point that the prior excludes: the model is not run there.</summary>
    protected abstract ServedAnswer OutsideOfPrior();

    /// <summary>The answer for an outcome.</summary>
    protected abstract ServedAnswer Answer(EvaluationOutcome outcome, double logPrior);

    /// <summary>The error for an outcome that is no value.</summary>
    protected static ServedAnswer Failure(EvaluationOutcome outcome) => new(null, outcome switch
    {
        ModelFailed failed => ProtocolError.InvalidOutput($"the model failed: {failed.Message}"),
        ResourceExceeded exceeded => ProtocolError.Internal(exceeded.Message),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "an outcome that is not to be answered with"),
    });

    private double LogPrior(double[] sampled, double[] natural)
    {
        var logPrior = 0.0;
        var logJacobian = 0.0;
        problem.Space.Evaluate(1, sampled, natural, new Span<double>(ref logPrior), new Span<double>(ref logJacobian));
        return logPrior;
    }
}

/// <summary>All outputs of the problem's model, each a vector; the log density of a problem that is one.</summary>
internal sealed class ForwardModel(Problem problem, IReadOnlyList<int> outputSizes, bool isDensity, IEvaluator evaluator)
    : ServedModel("forward", problem, outputSizes, evaluator)
{
    protected override ServedAnswer OutsideOfPrior() =>
        new(null, ProtocolError.InvalidInput("the parameters are outside of the prior's support, where the model is not run"));

    protected override ServedAnswer Answer(EvaluationOutcome outcome, double logPrior)
    {
        if (outcome is not Evaluated evaluated)
        {
            return Failure(outcome);
        }

        if (isDensity)
        {
            return new ServedAnswer([[evaluated.LogLikelihood]], null);
        }

        var outputs = new double[OutputSizes.Count][];
        var offset = 0;
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = evaluated.Recorded[offset..(offset + OutputSizes[i])];
            offset += OutputSizes[i];
        }

        return new ServedAnswer(outputs, null);
    }
}

/// <summary>
/// The log posterior over natural values, up to a constant: minus infinity outside of the prior's support and, as in a run, where the model fails.
/// </summary>
internal sealed class PosteriorModel(Problem problem, IEvaluator evaluator) : ServedModel("posterior", problem, [1], evaluator)
{
    protected override ServedAnswer OutsideOfPrior() => new([[double.NegativeInfinity]], null);

    protected override ServedAnswer Answer(EvaluationOutcome outcome, double logPrior) => outcome switch
    {
        Evaluated evaluated => new ServedAnswer([[logPrior + evaluated.LogLikelihood]], null),
        ModelFailed { Kind: not ModelFailureKind.PositiveInfinity } => OutsideOfPrior(),
        _ => Failure(outcome),
    };
}
