using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Reports.Figures;

/// <summary>Fewer draws for what a screen shows: every s-th draw of every chain, the same ones for every quantity.</summary>
internal static class DrawThinning
{
    /// <summary>Most draws that pictures of densities and ranks are made of: their noise is then below a percent.</summary>
    public const int MostDraws = 100_000;

    /// <summary>The stride that leaves at most so many of so many.</summary>
    public static int StrideFor(long count, int most) => (int)Math.Max(1, (count + most - 1) / most);

    /// <summary>Draws at every <paramref name="stride"/>-th iteration, chain after chain.</summary>
    public static DrawMatrix Every(int stride, DrawMatrix draws)
    {
        if (stride == 1)
        {
            return draws;
        }

        var kept = (draws.Iterations + stride - 1) / stride;
        var values = new double[kept * draws.Chains];
        for (var chain = 0; chain < draws.Chains; chain++)
        {
            var source = draws.Chain(chain);
            for (var i = 0; i < kept; i++)
            {
                values[(chain * kept) + i] = source[i * stride];
            }
        }

        return new DrawMatrix(values, draws.Chains, kept);
    }

    /// <summary>How it was thinned, for a caption; empty when nothing was left out.</summary>
    public static string Sentence(int stride) => stride == 1 ? "" : FormattableString.Invariant($" Every {Ordinal(stride)} kept draw is used here.");

    private static string Ordinal(int number) => (number % 100 is >= 11 and <= 13 ? 0 : number % 10) switch
    {
        1 => FormattableString.Invariant($"{number}st"),
        2 => FormattableString.Invariant($"{number}nd"),
        3 => FormattableString.Invariant($"{number}rd"),
        _ => FormattableString.Invariant($"{number}th"),
    };
}
