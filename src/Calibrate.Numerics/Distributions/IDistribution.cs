namespace Calibrate.Numerics.Distributions;

/// <summary>
/// A continuous univariate probability distribution. Implementations are immutable, so one instance may serve any
/// number of threads, and print themselves as a problem file writes them: <c>normal(1.3, 0.4)</c>.
/// </summary>
/// <remarks>
/// NaN in gives NaN out. At an end of the support where the density is unbounded (gamma with shape below one, at zero)
/// the log density is negative infinity: that single point has probability zero, and a log density of positive infinity
/// has no meaning to a sampler.
/// </remarks>
public interface IDistribution
{
    /// <summary>The smallest closed interval that holds all probability.</summary>
    Support Support { get; }

    /// <summary>The mean; NaN when it does not exist or is infinite.</summary>
    double Mean { get; }

    /// <summary>The standard deviation; NaN when it does not exist or is infinite.</summary>
    double StandardDeviation { get; }

    /// <summary>Natural log of the normalised density at <paramref name="x"/>; negative infinity outside the support.</summary>
    double LogDensity(double x);

    /// <summary>Probability of a value at most <paramref name="x"/>.</summary>
    double Cdf(double x);

    /// <summary>The value below which a share of <paramref name="probability"/> lies: the inverse of <see cref="Cdf"/>.</summary>
    /// <param name="probability">In [0, 1]; 0 and 1 give the ends of the support.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is NaN or outside [0, 1].</exception>
    double Quantile(double probability);

    /// <summary>
    /// The value above which a share of <paramref name="probability"/> lies: exact in the upper tail, where
    /// <c>Quantile(1 - probability)</c> has lost the digits.
    /// </summary>
    /// <param name="probability">In [0, 1]; 0 and 1 give the upper and the lower end of the support.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is NaN or outside [0, 1].</exception>
    double UpperQuantile(double probability) => Quantile(1 - probability);

    /// <summary>Natural log of <see cref="Cdf"/>, finite and accurate far beyond the point where the cdf underflows.</summary>
    double LogCdf(double x) => Elementary.Log(Cdf(x));

    /// <summary>Natural log of the probability of a value above <paramref name="x"/>, accurate in the upper tail.</summary>
    double LogSurvival(double x) => Elementary.Log(1 - Cdf(x));
}
