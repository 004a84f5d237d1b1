namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Rank normalisation of all draws together (Vehtari et al. 2021, section 4.1). The ranks live in the scratch: the scores of one
/// call are valid until the next.
/// </summary>
internal static class RankNormalization
{
    /// <summary>Normal scores of the draws, and order statistics of all draws, those that the layout leaves out included.</summary>
    public static (NormalScoreSeries Scores, OrderStatistics Statistics) Scores(
        DrawMatrix draws, ChainLayout layout, ReadOnlySpan<double> probabilities, DiagnosticScratch scratch)
    {
        var statistics = new OrderStatistics(draws.Count, probabilities);
        DrawRanks<DrawKey>.Compute(draws, layout, default, statistics, scratch);
        return (new NormalScoreSeries(scratch.Ranks(draws.Count), layout), statistics);
    }

    /// <summary>Normal scores of the distances from the median: they show chains that agree in location but not in spread.</summary>
    public static NormalScoreSeries FoldedScores(DrawMatrix draws, ChainLayout layout, FoldedKey fold, DiagnosticScratch scratch)
    {
        DrawRanks<FoldedKey>.Compute(draws, layout, fold, null, scratch);
        return new NormalScoreSeries(scratch.Ranks(draws.Count), layout);
    }
}
