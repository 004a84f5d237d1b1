using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>How ensembles become the superchains of nested R-hat.</summary>
internal static class Superchains
{
    /// <exception cref="ArgumentException">The chains cannot be dealt evenly to the superchains.</exception>
    public static void Validate(DrawMatrix draws, int superchains)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(superchains, 1);
        if (draws.Chains % superchains != 0)
        {
            throw new ArgumentException(
                $"{draws.Chains} chains cannot be {superchains} ensembles of equal size.", nameof(superchains));
        }
    }

    /// <summary>Several ensembles are compared over their whole time; the halves of a single one with each other.</summary>
    public static ChainLayout Layout(DrawMatrix draws, int ensembles) =>
        ensembles > 1 ? ChainLayout.Whole(draws) : ChainLayout.Halves(draws);

    /// <summary>Nested R-hat from the moments of the series of a layout: whole chains, or halves, which are joined as needed.</summary>
    public static double Rhat(ReadOnlySpan<SampleMoments> series, ChainLayout layout, int ensembles)
    {
        if (ensembles > 1)
        {
            return ChainVariances.NestedRhat(layout.Halved ? JoinHalves(series) : series, ensembles);
        }

        return layout.Halved ? ChainVariances.NestedRhat(HalvesInTime(series), 2) : double.NaN;
    }

    private static SampleMoments[] JoinHalves(ReadOnlySpan<SampleMoments> halves)
    {
        var chains = new SampleMoments[halves.Length / 2];
        for (var chain = 0; chain < chains.Length; chain++)
        {
            chains[chain] = halves[2 * chain].Merge(halves[(2 * chain) + 1]);
        }

        return chains;
    }

    private static SampleMoments[] HalvesInTime(ReadOnlySpan<SampleMoments> halves)
    {
        var chains = halves.Length / 2;
        var ordered = new SampleMoments[halves.Length];
        for (var chain = 0; chain < chains; chain++)
        {
            ordered[chain] = halves[2 * chain];
            ordered[chains + chain] = halves[(2 * chain) + 1];
        }

        return ordered;
    }
}
