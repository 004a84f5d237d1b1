using Calibrate.Numerics;
using Calibrate.Numerics.Random;

namespace Calibrate.Simulator.Faults;

/// <summary>
/// The random numbers of one simulation: Philox with the seed as its key and a running counter. The same numbers on every platform and in every
/// version of .NET, so that a seed that failed once fails for ever.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="stream">Which of the seed's independent streams.</param>
public sealed class SimulationRandom(ulong seed, uint stream = 0)
{
    private uint drawn;

    /// <summary>An integer from 0 to <paramref name="n"/> - 1.</summary>
    public int Below(int n) => RandomBits.Index(Next().W0, n);

    /// <summary>An integer of the range, both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>Whether something of this probability happens.</summary>
    public bool Chance(double probability) => probability > 0 && Next().Uniform01 < probability;

    /// <summary>A number in (0, 1).</summary>
    public double Uniform() => Next().Uniform01;

    /// <summary>A number of the range.</summary>
    public double Between(double least, double most) => least + ((most - least) * Uniform());

    /// <summary>A log-normal number.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * NormalQuantile.Of(Uniform()));

    /// <summary>An exponential number: the time until something happens that happens once per <paramref name="mean"/>.</summary>
    public double Exponential(double mean) => -mean * Math.Log(Uniform());

    /// <summary>One of several.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    private PhiloxBlock Next() => Philox.Block(PhiloxKey.FromSeed(seed), new PhiloxCounter(drawn++, stream, 0, 0));
}
