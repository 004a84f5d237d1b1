using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class BlockCorrelationTests
{
    /// <summary>From fewer lags than a block to all lags of the series, and lengths around multiples of the stretch.</summary>
    [Theory]
    [InlineData(3, 3)]
    [InlineData(50, 1)]
    [InlineData(1000, 7)]
    [InlineData(1000, 256)]
    [InlineData(1000, 1000)]
    [InlineData(1537, 300)]
    [InlineData(3000, 2999)]
    public void Agrees_with_the_sums_by_definition(int length, int lags)
    {
        var noise = new TestNoise(7);
        double[][] chains = [noise.Normals(length), noise.Normals(length)];
        var correlation = new BlockCorrelation(BlockCorrelation.SizeFor(lags, length));
        correlation.Start(lags);
        var sums = new double[lags];
        var expected = new double[lags + LaggedProducts.Group];
        foreach (var chain in chains)
        {
            correlation.Add(chain);
            LaggedProducts.Add(chain, 0, lags, expected);
        }

        correlation.Finish(0, sums);
        AssertEqual(expected, sums, length);

        // Started anew, nothing is left of what was added before.
        correlation.Start(lags);
        correlation.Add(chains[1]);
        correlation.Finish(0, sums);
        Array.Clear(expected);
        LaggedProducts.Add(chains[1], 0, lags, expected);
        AssertEqual(expected, sums, length);
    }

    private static void AssertEqual(double[] expected, double[] sums, int length)
    {
        for (var lag = 0; lag < sums.Length; lag++)
        {
            Near.Absolute(expected[lag] / length, sums[lag] / length, 1e-12);
        }
    }
}
