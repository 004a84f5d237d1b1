using System.Globalization;
using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Reading;

/// <summary>Evaluates journaled points again, one at a time, and compares bit for bit.</summary>
internal sealed class PointCheck
{
    private readonly Problem problem;
    private readonly ILikelihood likelihood;
    private readonly EvaluationBatch results = new();
    private readonly double[] sampled;
    private readonly double[] natural;

    public PointCheck(Problem problem, ILikelihood likelihood)
    {
        this.problem = problem;
        this.likelihood = likelihood;
        sampled = new double[problem.Space.Dimension];
        natural = new double[problem.Space.NaturalDimension];
    }

    /// <summary>What differs at a walker of a row, or null when nothing does.</summary>
    public string? Compare(Block block, int row, int walker)
    {
        for (var j = 0; j < sampled.Length; j++)
        {
            sampled[j] = block.Positions[(((row * block.Dimension) + j) * block.Walkers) + walker];
        }

        Span<double> logPrior = [0];
        Span<double> logJacobian = [0];
        problem.Space.Evaluate(1, sampled, natural, logPrior, logJacobian);
        likelihood.Evaluate(1, natural, results);
        var journaled = block.LogPosteriors[(row * block.Walkers) + walker];
        var now = results.LogLikelihoods[0] + logPrior[0];
        if (BitConverter.DoubleToInt64Bits(journaled) != BitConverter.DoubleToInt64Bits(now))
        {
            return string.Create(CultureInfo.InvariantCulture, $"the log posterior is {journaled:R} in the journal and {now:R} now");
        }

        for (var k = 0; k < block.RecordedCount; k++)
        {
            var before = block.Recorded[(((row * block.RecordedCount) + k) * block.Walkers) + walker];
            if (BitConverter.DoubleToInt64Bits(before) != BitConverter.DoubleToInt64Bits(results.Recorded[k]))
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"{problem.RecordedNames[k]} is {before:R} in the journal and {results.Recorded[k]:R} now");
            }
        }

        return null;
    }
}
