using System.Text.Json;
using Calibrate.Inference.Kernel;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>
/// <c>Reference/stretch-move-replay.json</c>: sixty iterations computed by an independent implementation, whose variates
/// are fed into the kernel's own propose and accept.
/// </summary>
public class StretchReplayTests
{
    [Fact]
    public void ReferenceChainIsReproducedStepForStep()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "stretch-move-replay.json")));
        JsonElement root = document.RootElement;
        double[][] initial = Matrix(root.GetProperty("initial"));
        int walkers = initial.Length;
        LogDensityLikelihood likelihood = new(new QuadraticDensity(Matrix(root.GetProperty("precision"))));
        StretchSettings settings = new(default, 0, walkers, new UnboundedSpace(3), Scale: root.GetProperty("a").GetDouble());
        PlainStretchStepper stepper = Load(settings, likelihood, initial);

        int iteration = 0;
        foreach (JsonElement steps in root.GetProperty("steps").EnumerateArray())
        {
            JsonElement[] all = [.. steps.EnumerateArray()];
            for (int half = 0; half < 2; half++)
            {
                StepPlan[] plans = [.. all.Where(step => step.GetProperty("half").GetInt32() == half).Select(Plan)];
                stepper.Move(likelihood, iteration + 1, plans, null);
            }

            Assert.All(all, step =>
                Assert.Equal(step.GetProperty("accepted").GetBoolean(), stepper.Accepted[step.GetProperty("walker").GetInt32()] == 1));
            double[][] chain = Matrix(root.GetProperty("chain")[iteration]);
            for (int walker = 0; walker < walkers; walker++)
            {
                Assert.Equal(root.GetProperty("log_prob")[iteration][walker].GetDouble(), stepper.LogPosteriors[walker], 1e-12);
                for (int j = 0; j < 3; j++)
                {
                    Assert.Equal(chain[walker][j], stepper.Positions[(j * walkers) + walker], 1e-12);
                }
            }

            iteration++;
        }

        Assert.Equal(60, iteration);
    }

    private static PlainStretchStepper Load(StretchSettings settings, LogDensityLikelihood likelihood, double[][] initial)
    {
        int walkers = initial.Length;
        double[] positions = new double[3 * walkers];
        for (int walker = 0; walker < walkers; walker++)
        {
            for (int j = 0; j < 3; j++)
            {
                positions[(j * walkers) + walker] = initial[walker][j];
            }
        }

        EvaluationBatch batch = new();
        likelihood.Evaluate(walkers, positions, batch);
        PlainStretchStepper stepper = new(settings);
        stepper.Load(new EnsembleSpans
        {
            Positions = positions,
            Targets = batch.LogLikelihoods,
            LogPosteriors = batch.LogLikelihoods,
            Recorded = [],
        });
        return stepper;
    }

    private static StepPlan Plan(JsonElement step) => new(
        step.GetProperty("walker").GetInt32(),
        step.GetProperty("partner").GetInt32(),
        step.GetProperty("u_z").GetDouble(),
        step.GetProperty("u_accept").GetDouble());

    private static double[][] Matrix(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
}
