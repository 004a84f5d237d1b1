namespace Calibrate.Numerics.Distributions;

/// <summary>
/// The improper prior <c>flat</c>: log density zero everywhere on its support, whose total is infinite. It weighs
/// parameter values but cannot be drawn from.
/// </summary>
/// <remarks>Bounded on both sides it becomes a <see cref="Uniform"/>: see <see cref="Truncated.Of"/>.</remarks>
public sealed class Flat : IDistribution
{
    /// <summary>Creates the flat density on the whole real line.</summary>
    public Flat()
        : this(Support.RealLine)
    {
    }

    internal Flat(Support support) => Support = support;

    /// <inheritdoc/>
    public Support Support { get; }

    /// <inheritdoc/>
    public double Mean => double.NaN;

    /// <inheritdoc/>
    public double StandardDeviation => double.NaN;

    /// <inheritdoc/>
    public double LogDensity(double x) => Support.Contains(x) ? 0 : double.IsNaN(x) ? x : double.NegativeInfinity;

    /// <summary>An improper density has no cdf.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public double Cdf(double x) => throw Improper();

    /// <summary>An improper density has no quantiles.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public double Quantile(double probability) => throw Improper();

    /// <inheritdoc/>
    public override string ToString() => Support == Support.RealLine
        ? "flat"
        : $"truncated(flat, {Argument.Number(Support.Lower)}, {Argument.Number(Support.Upper)})";

    private static InvalidOperationException Improper() =>
        new("flat: an improper density has no cdf, quantiles or draws; give finite bounds on both sides or a proper distribution such as uniform");
}
