using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Parameters;

namespace Calibrate.Reports.Figures;

/// <summary>The prior density of a quantity: that of a parameter from its distribution, that of a derived quantity from draws.</summary>
public sealed class PriorCurve
{
    private const int Points = 240;

    // A density of draws is to be compared, not resolved: it is smoothed as that of a tenth of them.
    private const double Smoothing = 10;

    private readonly IDistribution? distribution;
    private readonly KernelDensity? density;

    private PriorCurve(IDistribution? distribution, KernelDensity? density, Support support, Support? bulk)
    {
        this.distribution = distribution;
        this.density = density;
        Support = support;
        Bulk = bulk;
    }

    /// <summary>Where values are possible.</summary>
    public Support Support { get; }

    /// <summary>Where 98 % of the prior lies; null for an improper one.</summary>
    public Support? Bulk { get; }

    /// <summary>The prior of a free parameter, bounds included; null for other parameters.</summary>
    /// <param name="parameter">The parameter.</param>
    public static PriorCurve? Of(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (parameter.Role != ParameterRole.Free)
        {
            return null;
        }

        var prior = Truncated.Of(parameter.Prior ?? new Flat(), parameter.Bounds.Lower, parameter.Bounds.Upper);
        return new PriorCurve(prior, null, prior.Support, prior is Flat ? null : new Support(prior.Quantile(0.01), prior.Quantile(0.99)));
    }

    /// <summary>The prior of a derived quantity.</summary>
    /// <param name="draws">Independent draws of it under the prior; those that are not finite are left out.</param>
    public static PriorCurve? Of(IReadOnlyList<double> draws)
    {
        double[] finite = [.. draws.Where(double.IsFinite).Order()];
        var estimate = finite.Length > 1 ? KernelDensity.Of(new(finite, 1, finite.Length), finite.Length / Smoothing, Support.RealLine) : null;
        return estimate is null
            ? null
            : new PriorCurve(null, estimate, Support.RealLine, new Support(finite[finite.Length / 100], finite[finite.Length - 1 - (finite.Length / 100)]));
    }

    /// <summary>The density over an interval; null where it is improper or zero everywhere.</summary>
    /// <param name="lower">Lower end.</param>
    /// <param name="upper">Upper end.</param>
    public (double[] X, double[] Density)? Over(double lower, double upper)
    {
        if (density is not null)
        {
            int[] inside = [.. Enumerable.Range(0, density.X.Length).Where(i => density.X[i] >= lower && density.X[i] <= upper)];
            return inside.Length > 1 ? (Array.ConvertAll(inside, i => density.X[i]), Array.ConvertAll(inside, i => density.Density[i])) : null;
        }

        var (from, to) = (Math.Max(lower, Support.Lower), Math.Min(upper, Support.Upper));
        if (distribution is null or Flat || !(from < to))
        {
            return null;
        }

        var x = new double[Points];
        var y = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            x[i] = i == Points - 1 ? to : from + ((to - from) * i / (Points - 1));
            y[i] = Math.Exp(distribution.LogDensity(x[i]));
        }

        // A bound within the panel is a wall, not a slope that ends in the air.
        return (
            [.. from > lower ? (double[])[from] : [], .. x, .. to < upper ? (double[])[to] : []],
            [.. from > lower ? (double[])[0] : [], .. y, .. to < upper ? (double[])[0] : []]);
    }
}
