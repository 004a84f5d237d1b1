using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class LaggedProductsTests
{
    /// <summary>Integers make every sum exact, so that any missing or doubled product shows; what follows the series must not be read.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(23)]
    [InlineData(100)]
    public void Sums_all_products_and_no_other(int length)
    {
        double[] buffer = [.. Enumerable.Range(0, length).Select(i => (double)((i * 37 % 11) - 5)), .. Enumerable.Repeat(double.NaN, 16)];
        var series = buffer.AsSpan(0, length).ToArray();
        var sums = new double[64];
        sums[3] = 1000.0;
        LaggedProducts.Add(buffer.AsSpan(0, length), 0, 32, sums);
        LaggedProducts.Add(buffer.AsSpan(0, length), 32, 64, sums);
        for (var lag = 0; lag < 64; lag++)
        {
            var expected = Enumerable.Range(0, Math.Max(0, length - lag)).Sum(i => series[i] * series[i + lag]);
            Assert.Equal(expected + (lag == 3 ? 1000.0 : 0.0), sums[lag]);
        }
    }
}
