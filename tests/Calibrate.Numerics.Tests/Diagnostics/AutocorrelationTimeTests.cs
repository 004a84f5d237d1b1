using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class AutocorrelationTimeTests
{
    [Fact]
    public void Agrees_with_emcee()
    {
        using var document = ReferenceDraws.Read("autocorrelation.json");
        foreach (var item in document.RootElement.GetProperty("cases").EnumerateObject())
        {
            var draws = ReferenceDraws.Flatten(item.Value.GetProperty("x"));
            Near.Relative(item.Value.GetProperty("tau").GetDouble(), AutocorrelationTime.Of(draws), 1e-10);
            Near.Relative(item.Value.GetProperty("tau").GetDouble(), Diagnose.Ensembles(draws, 1).Tau, 1e-10);
        }
    }

    [Fact]
    public void Of_several_ensembles_is_the_mean_over_them()
    {
        var draws = new TestNoise(22).Autoregression(6, 1000, 0.7);
        var expected = Enumerable.Range(0, 3)
            .Average(e => AutocorrelationTime.Of(new DrawMatrix([.. draws.Chain(2 * e), .. draws.Chain((2 * e) + 1)], 2, 1000)));
        Near.Relative(expected, AutocorrelationTime.OfEnsembles(draws, 3), 1e-12);
    }

    /// <summary>
    /// (1 + φ) / (1 - φ) = 19 in theory. The estimate's relative standard deviation is about √(4 · 5 τ / n) (Sokal 1996, eq. 3.19), here
    /// 1.8 %: 12 % is more than six sigma, a false alarm below 1e-8.
    /// </summary>
    [Fact]
    public void Of_an_autoregression_is_known() =>
        Near.Relative(19.0, AutocorrelationTime.Of(new TestNoise(23).Autoregression(64, 20_000, 0.9)), 0.12);

    [Fact]
    public void Draws_that_say_nothing_give_NaN()
    {
        Assert.Equal(double.NaN, AutocorrelationTime.Of(new DrawMatrix([], 1, 0)));
        Assert.Equal(double.NaN, AutocorrelationTime.Of(new DrawMatrix([1, 2, double.PositiveInfinity, 4], 1, 4)));
        Assert.Equal(double.NaN, AutocorrelationTime.Of(new DrawMatrix([1, 1, 1, 1], 1, 4)));
        Assert.Throws<ArgumentException>(() => AutocorrelationTime.OfEnsembles(new DrawMatrix([1, 2, 3], 3, 1), 2));
    }
}
