namespace Calibrate.Numerics.Distributions;

/// <summary>Equal density between two finite ends: <c>uniform(lower, upper)</c>.</summary>
public sealed class Uniform : IDistribution
{
    private readonly double width;
    private readonly double logDensity;

    /// <summary>Creates the distribution on [lower, upper].</summary>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or they are not in order.</exception>
    public Uniform(double lower, double upper)
    {
        Argument.Interval("uniform", lower, upper);
        Support = new Support(lower, upper);
        width = upper - lower;
        logDensity = -Elementary.Log(width);
    }

    /// <inheritdoc/>
    public Support Support { get; }

    /// <inheritdoc/>
    public double Mean => Support.Lower + (0.5 * width);

    /// <inheritdoc/>
    public double StandardDeviation => width / Math.Sqrt(12);

    /// <inheritdoc/>
    public double LogDensity(double x) =>
        Support.Contains(x) ? logDensity : double.IsNaN(x) ? x : double.NegativeInfinity;

    /// <inheritdoc/>
    public double Cdf(double x) => Share(x - Support.Lower);

    /// <inheritdoc/>
    public double LogSurvival(double x) => Elementary.Log(Share(Support.Upper - x));

    /// <inheritdoc/>
    public double LogCdf(double x) => Elementary.Log(Cdf(x));

    /// <inheritdoc/>
    public double Quantile(double probability) => Argument.Probability(probability) <= 0.5
        ? Support.Lower + (probability * width)
        : Support.Upper - ((1 - probability) * width);

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Argument.Probability(probability) <= 0.5
        ? Support.Upper - (probability * width)
        : Support.Lower + ((1 - probability) * width);

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("uniform", Support.Lower, Support.Upper);

    private double Share(double distance) => Math.Clamp(distance / width, 0, 1);
}
