using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class IndicatorBitsTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(1000)]
    public void Agrees_with_products_of_centred_zeros_and_ones(int length)
    {
        var values = new TestNoise(8).Normals(length);
        var bits = new ulong[IndicatorBits.Words(length)];
        Array.Fill(bits, ulong.MaxValue);
        var ones = IndicatorBits.Pack(values, 0.3, bits);
        Assert.Equal(values.Count(x => x <= 0.3), ones);

        var indicators = values.Select(x => x <= 0.3 ? 1.0 : 0.0).ToArray();
        var covariances = NaiveDiagnostics.Autocovariance(indicators);
        var sums = new double[256];
        IndicatorBits.AddProducts(bits, length, ones, 0, 64, sums);
        IndicatorBits.AddProducts(bits, length, ones, 64, 256, sums);
        for (var lag = 0; lag < sums.Length; lag++)
        {
            Near.Absolute(lag < length ? covariances[lag] : 0.0, sums[lag] / length, 1e-13);
        }
    }
}
