using Calibrate.Numerics;
using Calibrate.Numerics.Random;
using Calibrate.Reports.Exports;
using Calibrate.Reports.Predictive;

namespace Calibrate.Reports.Tests.Exports;

public class PredictiveErrorsTests
{
    [Fact]
    public async Task An_error_is_the_normal_quantile_of_its_own_uniform()
    {
        using var run = await ExportedRun.SampleAsync();
        var target = (await PredictiveSample.MakeAsync(run.Reader, run.Problem, new PredictiveSettings { Draws = 5 }))!.Targets[0];

        var replicated = PredictiveErrors.Replicate(target, number: 7, draws: [4, 1], seed: 9);

        var words = Philox.Block(PhiloxKey.FromSeed(9), PhiloxCounter.Of(4, 7, 0, RandomPurpose.PredictiveErrors, 1));
        Assert.Equal(target.Predictions[4, 2] + (0.8 * NormalQuantile.Of(words.Uniform01)), replicated[2], 1e-12);
        Assert.Equal(6, replicated.Length);
        Assert.Equal(PredictiveErrors.Replicate(target, 7, [1], 9), replicated[3..]);
        Assert.NotEqual(PredictiveErrors.Replicate(target, 8, [1], 9), replicated[3..]);
    }
}
