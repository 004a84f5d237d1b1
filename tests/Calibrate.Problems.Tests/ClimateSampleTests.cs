using System.Text.Json.Nodes;
using Calibrate.Models;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests;

/// <summary>The climate sample against the likelihood of an independent implementation (see the reference's source).</summary>
public class ClimateSampleTests
{
    private static readonly Problem Sample = ProblemFile.Load(Checkout.PathOf("samples", "climate", "two-layer.yaml"), new BuiltInModels());

    private static readonly JsonNode Reference = JsonNode.Parse(File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Reference", "climate-two-layer.json")))!;

    [Fact]
    public void The_log_likelihood_agrees_with_the_reference_to_1e_9()
    {
        double expected = Reference["posterior_aerosol_4_parameters"]!["log_likelihood_at"]!["log_likelihood"]!.GetValue<double>();
        double atModelValues = Reference["model_values"]!["two_layer_at"]!["log_likelihood"]!.GetValue<double>();
        double logLikelihood = Evaluate([1.0, 0.764, 8.0, 1.0], out _);
        Assert.Equal(expected, logLikelihood, 1e-9);
        Assert.Equal(atModelValues, logLikelihood, 1e-9);
    }

    [Fact]
    public void The_log_posterior_agrees_with_the_reference_to_1e_9()
    {
        double expected = Reference["posterior_aerosol_4_parameters"]!["log_likelihood_at"]!["log_posterior"]!.GetValue<double>();
        double logLikelihood = Evaluate([1.0, 0.764, 8.0, 1.0], out double logPrior);
        Assert.Equal(expected, logLikelihood + logPrior, 1e-9);
    }

    [Fact]
    public void It_samples_what_the_reference_samples()
    {
        Assert.Equal(
            Reference["posterior_aerosol_4_parameters"]!["names"]!.AsArray().Select(n => n!.GetValue<string>()),
            Sample.SampledNames);
        Assert.Equal(["lambda0", "eta", "cs", "aerosol_scale", "ecs"], Sample.ReportedNames);
        Assert.Equal(32, Assert.IsType<EnsembleSpecification>(Sample.Method).WalkersFor(4));
    }

    [Fact]
    public void Climate_sensitivity_is_derived_from_the_feedback()
    {
        double[] natural = new double[Sample.NaturalNames.Count];
        natural[Sample.NaturalNames.ToList().IndexOf("lambda0")] = 1.5;
        double[] values = new double[1];
        Sample.Derived.Evaluate(natural, [], values);
        Assert.Equal(3.93 / 1.5, values[0]);
    }

    [Fact]
    public void A_batch_gives_the_bits_of_single_points()
    {
        const int count = 37;
        double[] sampled = new double[4 * count];
        for (int i = 0; i < count; i++)
        {
            sampled[i] = 0.5 + (0.05 * i);
            sampled[count + i] = 0.3 + (0.03 * i);
            sampled[(2 * count) + i] = 5 + (0.2 * i);
            sampled[(3 * count) + i] = 0.1 + (0.04 * i);
        }

        double[] batch = EvaluateAll(count, sampled, out _);
        for (int i = 0; i < count; i++)
        {
            double[] point = [sampled[i], sampled[count + i], sampled[(2 * count) + i], sampled[(3 * count) + i]];
            Assert.Equal(BitConverter.DoubleToInt64Bits(Evaluate(point, out _)), BitConverter.DoubleToInt64Bits(batch[i]));
        }
    }

    [Fact]
    public void Evaluating_does_not_allocate()
    {
        const int count = 16;
        ILikelihood likelihood = Sample.Likelihood.Create();
        double[] sampled = new double[4 * count];
        for (int i = 0; i < count; i++)
        {
            (sampled[i], sampled[count + i], sampled[(2 * count) + i], sampled[(3 * count) + i]) = (1.0, 0.7, 8, 0.9);
        }

        double[] natural = new double[Sample.NaturalNames.Count * count];
        double[] logPriors = new double[count];
        double[] logJacobians = new double[count];
        EvaluationBatch results = new();
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Step()
        {
            Sample.Space.Evaluate(count, sampled, natural, logPriors, logJacobians);
            likelihood.Evaluate(count, natural, results);
        }
    }

    private static double Evaluate(double[] sampled, out double logPrior)
    {
        double logLikelihood = EvaluateAll(1, sampled, out double[] logPriors)[0];
        logPrior = logPriors[0];
        return logLikelihood;
    }

    private static double[] EvaluateAll(int count, double[] sampled, out double[] logPriors)
    {
        double[] natural = new double[Sample.NaturalNames.Count * count];
        logPriors = new double[count];
        Sample.Space.Evaluate(count, sampled, natural, logPriors, new double[count]);
        EvaluationBatch results = new();
        Sample.Likelihood.Create().Evaluate(count, natural, results);
        Assert.Equal(0, results.FailureCount);
        return results.LogLikelihoods.ToArray();
    }
}
