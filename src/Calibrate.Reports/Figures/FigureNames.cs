namespace Calibrate.Reports.Figures;

/// <summary>Names of the figures, in the order of a report.</summary>
public static class FigureNames
{
    /// <summary>Marginal densities, priors overlaid.</summary>
    public const string Marginals = "marginals";

    /// <summary>One- and two-dimensional marginals.</summary>
    public const string Corner = "corner";

    /// <summary>Walkers over iterations.</summary>
    public const string Trace = "trace";

    /// <summary>Ranks of the draws by ensemble.</summary>
    public const string Rank = "rank";

    /// <summary>Autocorrelation against the lag.</summary>
    public const string Autocorrelation = "autocorrelation";

    /// <summary>Effective sample sizes against iterations.</summary>
    public const string Ess = "ess";

    /// <summary>Accepted share against iterations.</summary>
    public const string Acceptance = "acceptance";

    /// <summary>Where in parameter space evaluations failed; only when some did.</summary>
    public const string Failures = "failures";

    /// <summary>What the names of posterior predictive figures begin with; the target's name follows.</summary>
    public const string PredictivePrefix = "predictive-";

    /// <summary>Name of a target's posterior predictive figure.</summary>
    /// <param name="target">The target.</param>
    public static string Predictive(string target) => PredictivePrefix + target;
}
