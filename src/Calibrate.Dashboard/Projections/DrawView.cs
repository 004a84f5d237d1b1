namespace Calibrate.Dashboard.Projections;

/// <summary>What a page shows of a run's draws: estimates and plots from a sample of them.</summary>
/// <param name="Iteration">Last iteration that all ensembles share.</param>
/// <param name="WarmUp">Estimates leave out iterations up to this one.</param>
/// <param name="Coverage">Share of the iterations after the warm-up that the estimates are made from, from 0 to 1.</param>
/// <param name="Places">Iterations of the traces' points, by ensemble.</param>
/// <param name="Quantities">The quantities, in the problem's order.</param>
/// <param name="History">How R-hat and effective sample size evolved.</param>
/// <param name="Acceptance">Accepted share of the walker steps along the run, by ensemble.</param>
internal sealed record DrawView(
    int Iteration,
    int WarmUp,
    double Coverage,
    IReadOnlyList<int[]> Places,
    IReadOnlyList<QuantityView> Quantities,
    HistoryView History,
    IReadOnlyList<LineView> Acceptance);

/// <summary>One quantity.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What to call it.</param>
/// <param name="Unit">Its unit, or null.</param>
/// <param name="Mean">Mean.</param>
/// <param name="Sd">Standard deviation.</param>
/// <param name="McseMean">Monte Carlo standard error of the mean.</param>
/// <param name="Q05">5 % quantile.</param>
/// <param name="Median">Median.</param>
/// <param name="Q95">95 % quantile.</param>
/// <param name="Rhat">Nested R-hat.</param>
/// <param name="Ess">Effective sample size for the mean, of all draws after the warm-up.</param>
/// <param name="Traces">Some walkers' paths; y values go with the ensemble's places.</param>
/// <param name="Marginal">Density of the draws after the warm-up.</param>
internal sealed record QuantityView(
    string Name,
    string Label,
    string? Unit,
    double Mean,
    double Sd,
    double McseMean,
    double Q05,
    double Median,
    double Q95,
    double Rhat,
    double Ess,
    IReadOnlyList<TraceView> Traces,
    MarginalView Marginal);

/// <summary>The path of one walker.</summary>
/// <param name="Ensemble">Its ensemble.</param>
/// <param name="Walker">Its index in the ensemble.</param>
/// <param name="Y">One value per place.</param>
internal sealed record TraceView(int Ensemble, int Walker, double[] Y);

/// <summary>A density on an even grid.</summary>
/// <param name="From">First point of the grid.</param>
/// <param name="To">Last point.</param>
/// <param name="Density">Posterior density at every point; empty while there are too few draws.</param>
/// <param name="Prior">Prior density at the same points; empty where it is flat or not known.</param>
internal sealed record MarginalView(double From, double To, double[] Density, double[] Prior)
{
    public static MarginalView Empty { get; } = new(0, 0, [], []);
}

/// <summary>Diagnostics of growing parts of the run, each from the end of the warm-up to one of the iterations.</summary>
/// <param name="Iterations">Where the parts end.</param>
/// <param name="Rhat">R-hat by quantity and part.</param>
/// <param name="Ess">Effective sample size by quantity and part.</param>
internal sealed record HistoryView(int[] Iterations, double[][] Rhat, double[][] Ess);

/// <summary>A line.</summary>
/// <param name="X">Iterations.</param>
/// <param name="Y">Values.</param>
internal sealed record LineView(int[] X, double[] Y);
