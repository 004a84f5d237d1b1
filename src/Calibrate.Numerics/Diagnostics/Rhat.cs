using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>Potential scale reduction R-hat: do chains that started apart agree? 1 when they do; 1.01 is the usual limit.</summary>
/// <remarks>
/// As R package posterior 1.4.0 does it. NaN when a draw is NaN, when nothing varies, or with too few draws per chain (fewer than 2
/// after halving); infinite when chains are constant but differ. <see cref="Basic"/> and <see cref="Nested"/> are NaN for infinite
/// draws, the rank-normalised forms are not.
/// </remarks>
public static class Rhat
{
    /// <summary>Split R-hat of the draws themselves (Gelman et al., Bayesian Data Analysis, 3rd ed., eq. 11.4).</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double Basic(DrawMatrix draws, DiagnosticScratch? scratch = null) =>
        DrawScreen.Of(draws).IsFinite && draws.Count > 0
            ? ChainVariances.Rhat(Moments(new DrawSeries(draws, ChainLayout.Halves(draws)), scratch ?? new DiagnosticScratch()))
            : double.NaN;

    /// <summary>
    /// The larger of the rank-normalised and the folded rank-normalised split R-hat (Vehtari et al. 2021, section 4.1): chains must
    /// agree in location and in spread, whether or not the distribution has moments.
    /// </summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double RankNormalized(DrawMatrix draws, DiagnosticScratch? scratch = null)
    {
        scratch ??= new DiagnosticScratch();
        if (draws.Count == 0 || DrawScreen.Of(draws).HasNaN)
        {
            return double.NaN;
        }

        var layout = ChainLayout.Halves(draws);
        var (scores, statistics) = RankNormalization.Scores(draws, layout, [], scratch);
        var bulk = ChainVariances.Rhat(Moments(scores, scratch));
        return double.IsFinite(statistics.Median)
            ? Math.Max(bulk, ChainVariances.Rhat(Moments(RankNormalization.FoldedScores(draws, layout, statistics.Fold(), scratch), scratch)))
            : double.NaN;
    }

    /// <summary>Nested R-hat of the draws themselves (Margossian et al. 2024, eq. 8), whole chains.</summary>
    /// <param name="draws">Draws of one parameter; the chains of a superchain are neighbours.</param>
    /// <param name="superchains">Number of superchains, at least 2 for a number; divides the number of chains.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <exception cref="ArgumentException">The chains cannot be dealt evenly to the superchains.</exception>
    public static double Nested(DrawMatrix draws, int superchains, DiagnosticScratch? scratch = null)
    {
        Superchains.Validate(draws, superchains);
        return DrawScreen.Of(draws).IsFinite && draws.Count > 0
            ? ChainVariances.NestedRhat(
                Moments(new DrawSeries(draws, ChainLayout.Whole(draws)), scratch ?? new DiagnosticScratch()), superchains)
            : double.NaN;
    }

    /// <summary>
    /// The larger of the rank-normalised and the folded rank-normalised nested R-hat: the R-hat of a run of several ensembles, an
    /// ensemble being a superchain. The walkers of an ensemble depend on each other, so only ensembles can disagree honestly.
    /// </summary>
    /// <remarks>
    /// With one ensemble there is nothing independent to compare. Then its first and its second half in time are the two
    /// superchains: that finds a drift, though not a mode that the ensemble never saw.
    /// </remarks>
    /// <param name="draws">Draws of one parameter, ensemble-major.</param>
    /// <param name="ensembles">Number of ensembles; divides the number of chains.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <exception cref="ArgumentException">The chains cannot be dealt evenly to the ensembles.</exception>
    public static double RankNormalizedNested(DrawMatrix draws, int ensembles, DiagnosticScratch? scratch = null)
    {
        scratch ??= new DiagnosticScratch();
        Superchains.Validate(draws, ensembles);
        if (draws.Count == 0 || DrawScreen.Of(draws).HasNaN)
        {
            return double.NaN;
        }

        var layout = Superchains.Layout(draws, ensembles);
        var (scores, statistics) = RankNormalization.Scores(draws, layout, [], scratch);
        var bulk = Superchains.Rhat(Moments(scores, scratch), layout, ensembles);
        return double.IsFinite(statistics.Median)
            ? Math.Max(bulk, Superchains.Rhat(Moments(RankNormalization.FoldedScores(draws, layout, statistics.Fold(), scratch), scratch), layout, ensembles))
            : double.NaN;
    }

    internal static SampleMoments[] Moments(Series series, DiagnosticScratch scratch)
    {
        var moments = new SampleMoments[series.Layout.Count];
        var values = scratch.Values(series.Layout.Length);
        for (var i = 0; i < moments.Length; i++)
        {
            series.Read(i, values);
            moments[i] = SampleMoments.Of(values);
        }

        return moments;
    }
}
