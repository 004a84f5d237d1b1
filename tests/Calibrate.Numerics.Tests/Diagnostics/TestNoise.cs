using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Diagnostics;

/// <summary>Reproducible random numbers and chains of known properties; a seed is a universe.</summary>
internal sealed class TestNoise(ulong seed)
{
    private readonly PhiloxKey key = PhiloxKey.FromSeed(seed);
    private int drawn;

    public double Uniform() =>
        Philox.Block(key, PhiloxCounter.Of(0, drawn++, 0, RandomPurpose.ProposalNormals)).Uniform01;

    public double Normal() => NormalQuantile.Of(Uniform());

    public double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

    /// <summary>Independent stationary first-order autoregressions of unit variance; a draw stays with the given probability.</summary>
    public DrawMatrix Autoregression(int chains, int iterations, double persistence, double staying = 0.0)
    {
        var values = new double[chains * iterations];
        var noise = Math.Sqrt(1.0 - (persistence * persistence));
        for (var chain = 0; chain < chains; chain++)
        {
            var x = Normal();
            for (var i = 0; i < iterations; i++)
            {
                values[(chain * iterations) + i] = x;
                if (staying == 0.0 || Uniform() >= staying)
                {
                    x = (persistence * x) + (noise * Normal());
                }
            }
        }

        return new DrawMatrix(values, chains, iterations);
    }
}
