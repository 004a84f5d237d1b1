using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class SuperchainsTests
{
    private static readonly DrawMatrix Draws = new TestNoise(10).Autoregression(6, 100, 0.5);

    [Fact]
    public void Halves_joined_are_whole_chains()
    {
        var halves = Rhat.Moments(new DrawSeries(Draws, ChainLayout.Halves(Draws)), new DiagnosticScratch());
        var whole = Rhat.Moments(new DrawSeries(Draws, ChainLayout.Whole(Draws)), new DiagnosticScratch());
        Near.Relative(
            Superchains.Rhat(whole, ChainLayout.Whole(Draws), 3), Superchains.Rhat(halves, ChainLayout.Halves(Draws), 3), 1e-14);
    }

    [Fact]
    public void A_single_ensemble_is_compared_with_itself_in_time()
    {
        var layout = Superchains.Layout(Draws, 1);
        var halves = Rhat.Moments(new DrawSeries(Draws, layout), new DiagnosticScratch());
        var chains = NaiveDiagnostics.Chains(Draws);
        double[][] inTime = [.. chains.Select(chain => chain[..50]), .. chains.Select(chain => chain[50..])];
        Near.Relative(NaiveDiagnostics.NestedRhat(inTime, 2), Superchains.Rhat(halves, layout, 1), 1e-13);
    }

    [Fact]
    public void Refuses_ensembles_of_unequal_size()
    {
        var error = Assert.Throws<ArgumentException>(() => Superchains.Validate(Draws, 4));
        Assert.StartsWith("6 chains cannot be 4 ensembles of equal size.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Superchains.Validate(Draws, 0));
    }
}
