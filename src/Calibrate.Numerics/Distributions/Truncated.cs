namespace Calibrate.Numerics.Distributions;

/// <summary>
/// A distribution restricted to an interval and normalised again: <c>truncated(normal(3, 0.5), 1.5, 6)</c>. Either end may be
/// infinite, and the interval may lie arbitrarily far out in a tail.
/// </summary>
public sealed class Truncated : IDistribution, IPiecewiseDensity
{
    private readonly double logMass;
    private readonly Lazy<QuantileMoments> moments;

    private Truncated(IDistribution inner, Support support, double logMass)
    {
        Inner = inner;
        Support = support;
        this.logMass = logMass;
        moments = new Lazy<QuantileMoments>(ComputeMoments);
    }

    /// <summary>The distribution before truncation.</summary>
    public IDistribution Inner { get; }

    /// <inheritdoc/>
    public Support Support { get; }

    /// <summary>The mean, integrated numerically on first use; NaN when an infinite end leaves it undefined.</summary>
    public double Mean => moments.Value.Mean;

    /// <summary>The standard deviation, integrated numerically on first use; NaN when it does not exist.</summary>
    public double StandardDeviation => moments.Value.StandardDeviation;

    double IPiecewiseDensity.Knot => Inner is IPiecewiseDensity piecewise ? piecewise.Knot : double.NaN;

    /// <summary>
    /// Truncates a distribution to [lower, upper]. A uniform, log-uniform or (between finite ends) flat distribution gives a
    /// uniform or log-uniform one, an interval that excludes nothing gives <paramref name="inner"/> itself.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The ends are not in order, or the interval holds no probability of <paramref name="inner"/>.
    /// </exception>
    public static IDistribution Of(IDistribution inner, double lower, double upper)
    {
        Argument.Interval($"{inner} truncated", lower, upper, infiniteAllowed: true);
        Support support = inner.Support.Intersect(new Support(lower, upper));
        if (support == inner.Support)
        {
            return inner;
        }

        if (!(support.Lower < support.Upper))
        {
            throw NoProbability(inner, lower, upper);
        }

        switch (inner)
        {
            case Uniform:
                return new Uniform(support.Lower, support.Upper);
            case LogUniform:
                return new LogUniform(support.Lower, support.Upper);
            case Flat:
                return double.IsFinite(support.Lower) && double.IsFinite(support.Upper)
                    ? new Uniform(support.Lower, support.Upper)
                    : new Flat(support);
            case Truncated nested:
                return Of(nested.Inner, support.Lower, support.Upper);
        }

        double mass = IntervalMass.Log(inner, support.Lower, support.Upper);
        return double.IsFinite(mass)
            ? new Truncated(inner, support, mass)
            : throw NoProbability(inner, lower, upper);
    }

    /// <inheritdoc/>
    public double LogDensity(double x) =>
        Support.Contains(x) ? Inner.LogDensity(x) - logMass : double.IsNaN(x) ? x : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cdf(double x) => Elementary.Exp(LogCdf(x));

    /// <inheritdoc/>
    public double LogCdf(double x) =>
        double.IsNaN(x) ? x : x >= Support.Upper ? 0 : LogShare(Support.Lower, x);

    /// <inheritdoc/>
    public double LogSurvival(double x) =>
        double.IsNaN(x) ? x : x <= Support.Lower ? 0 : LogShare(x, Support.Upper);

    /// <inheritdoc/>
    public double Quantile(double probability) =>
        QuantileSearch.Quantile(this, probability, Start(Argument.Probability(probability), 1 - probability));

    /// <inheritdoc/>
    public double UpperQuantile(double probability) =>
        QuantileSearch.UpperQuantile(this, probability, Start(1 - Argument.Probability(probability), probability));

    /// <inheritdoc/>
    public override string ToString() =>
        $"truncated({Inner}, {Argument.Number(Support.Lower)}, {Argument.Number(Support.Upper)})";

    private static ArgumentOutOfRangeException NoProbability(IDistribution inner, double lower, double upper) =>
        Argument.Refuse($"{inner} truncated to [{Argument.Number(lower)}, {Argument.Number(upper)}]: the interval holds no probability");

    private double LogShare(double lower, double upper) => Math.Min(0, IntervalMass.Log(Inner, lower, upper) - logMass);

    // The quantile by the inner distribution's own inverse in the smaller tail; where that tail underflows, the end
    // nearest to the bulk plus the mean excess that its hazard suggests.
    private double Start(double probability, double complement)
    {
        double mass = Elementary.Exp(logMass);
        double logAbove = Inner.LogSurvival(Support.Lower);
        double logBelow = Inner.LogCdf(Support.Upper);
        if (logAbove <= logBelow)
        {
            double above = Elementary.Exp(logAbove) - (probability * mass);
            return above > 0
                ? Inner.UpperQuantile(above)
                : Support.Lower - (Elementary.Log(complement) * Elementary.Exp(logAbove - Inner.LogDensity(Support.Lower)));
        }

        double below = Elementary.Exp(logBelow) - (complement * mass);
        return below > 0
            ? Inner.Quantile(below)
            : Support.Upper + (Elementary.Log(probability) * Elementary.Exp(logBelow - Inner.LogDensity(Support.Upper)));
    }

    // Infinite moments come from an infinite end; every distribution that lacks a moment lacks it at each infinite end.
    private QuantileMoments ComputeMoments()
    {
        bool bounded = double.IsFinite(Support.Lower) && double.IsFinite(Support.Upper);
        QuantileMoments computed = bounded || !double.IsNaN(Inner.Mean) ? QuantileMoments.Of(this) : new(double.NaN, double.NaN);
        return bounded || !double.IsNaN(Inner.StandardDeviation)
            ? computed
            : computed with { StandardDeviation = double.NaN };
    }
}
