using Calibrate.Numerics;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Random;
using Calibrate.Runtime.Reading;

namespace Calibrate.Dashboard.Tests.Projections;

/// <summary>Blocks whose draws are a function of their place: independent normal numbers, or such around a centre per ensemble.</summary>
internal static class Blocks
{
    private static readonly PhiloxKey Key = PhiloxKey.FromSeed(11);

    public static double Value(int ensemble, int iteration, int walker, double shift = 0) =>
        (shift * ensemble) + NormalQuantile.Of(Philox.Block(Key, PhiloxCounter.Of(walker, iteration, ensemble, RandomPurpose.ProposalNormals)).Uniform01);

    public static SelectedBlock Of(int ensemble, int from, int to, int thin, int walkers, double shift = 0)
    {
        var first = from < 0 ? 0 : ((from / thin) + 1) * thin;
        var rows = first > to ? 0 : ((to - first) / thin) + 1;
        var values = new double[walkers * rows];
        for (var walker = 0; walker < walkers; walker++)
        {
            for (var row = 0; row < rows; row++)
            {
                values[(walker * rows) + row] = Value(ensemble, first + (row * thin), walker, shift);
            }
        }

        var steps = (long)walkers * (to - Math.Max(0, from));
        return new SelectedBlock(1, ensemble, from, to, steps, steps / 2, new DrawBlock(first, thin, [new DrawMatrix(values, walkers, rows)]));
    }
}
