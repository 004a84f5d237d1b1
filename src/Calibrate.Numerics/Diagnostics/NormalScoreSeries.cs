namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Normal scores Φ⁻¹((r - 3/8) / (S + 1/4)) of the ranks r among S draws (Vehtari et al. 2021, eq. 14; offsets of Blom 1958): what
/// is left of a distribution is only the order of its draws.
/// </summary>
internal sealed class NormalScoreSeries(uint[] doubledRanks, ChainLayout layout) : Series(layout)
{
    private const double Offset = 3.0 / 8.0;

    private readonly double scale = 1.0 / (layout.Total - (2.0 * Offset) + 1.0);

    public override void Read(int index, Span<double> values)
    {
        var source = doubledRanks.AsSpan(Layout.Start(index), Layout.Length);
        for (var i = 0; i < source.Length; i++)
        {
            // A walker that stayed where it was keeps its score.
            values[i] = i > 0 && source[i] == source[i - 1] ? values[i - 1] : Score(source[i]);
        }
    }

    private double Score(uint doubledRank) => NormalQuantile.Of(((0.5 * doubledRank) - Offset) * scale);
}
