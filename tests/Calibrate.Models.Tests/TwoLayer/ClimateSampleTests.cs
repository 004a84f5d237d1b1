using System.Text.Json;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.TwoLayer;

/// <summary>The sample <c>samples/climate/two-layer.yaml</c> against the reference that was computed independently.</summary>
public class ClimateSampleTests
{
    private static readonly Problem Problem = ProblemFile.Load(
        Path.Combine(AppContext.BaseDirectory, "samples", "climate", "two-layer.yaml"), new BuiltInModels());

    [Fact]
    public void Samples_the_four_parameters_of_the_reference() =>
        Assert.Equal(["lambda0", "eta", "cs", "aerosol_scale"], Problem.SampledNames);

    [Fact]
    public void Has_the_likelihood_and_posterior_of_the_reference()
    {
        JsonElement at = ReferenceData.Climate.GetProperty("posterior_aerosol_4_parameters").GetProperty("log_likelihood_at");
        double[] point = [.. at.GetProperty("parameters").EnumerateArray().Select(p => p.GetDouble())];
        (double logLikelihood, double logPrior) = Evaluate(1, point);
        Assert.Equal(at.GetProperty("log_likelihood").GetDouble(), logLikelihood, 1e-9);
        Assert.Equal(at.GetProperty("log_posterior").GetDouble(), logLikelihood + logPrior, 1e-9);
    }

    [Fact]
    public void Has_the_same_bits_alone_and_among_others()
    {
        double[] points = new double[4 * 16];
        for (int i = 0; i < 16; i++)
        {
            (points[i], points[16 + i], points[32 + i], points[48 + i]) = (0.9 + (0.07 * i), 0.4 + (0.05 * i), 6 + (0.4 * i), 0.2 + (0.1 * i));
        }

        EvaluationBatch batch = EvaluateBatch(16, points);
        for (int i = 0; i < 16; i++)
        {
            (double alone, _) = Evaluate(1, [points[i], points[16 + i], points[32 + i], points[48 + i]]);
            Bits.AssertSame(alone, batch.LogLikelihoods[i]);
        }
    }

    private static (double LogLikelihood, double LogPrior) Evaluate(int count, double[] sampled)
    {
        double[] logPriors = new double[count];
        Problem.Space.Evaluate(count, sampled, new double[Problem.Space.NaturalDimension * count], logPriors, new double[count]);
        return (EvaluateBatch(count, sampled).LogLikelihoods[0], logPriors[0]);
    }

    private static EvaluationBatch EvaluateBatch(int count, double[] sampled)
    {
        double[] natural = new double[Problem.Space.NaturalDimension * count];
        Problem.Space.Evaluate(count, sampled, natural, new double[count], new double[count]);
        EvaluationBatch batch = new();
        Problem.Likelihood.Create().Evaluate(count, natural, batch);
        Assert.Equal(0, batch.FailureCount);
        return batch;
    }
}
