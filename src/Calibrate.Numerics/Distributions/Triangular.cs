using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>
/// Density rising in a straight line from lower to mode and falling from there to upper: <c>triangular(lower, mode, upper)</c>.
/// </summary>
public sealed class Triangular : IDistribution, IPiecewiseDensity
{
    private readonly double width;
    private readonly double rise;
    private readonly double fall;
    private readonly double logPeak;

    /// <summary>Creates the distribution; the mode may coincide with either end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not finite, or they are not in order.</exception>
    public Triangular(double lower, double mode, double upper)
    {
        Argument.Interval("triangular", lower, upper);
        Mode = Argument.Finite("triangular", "mode", mode);
        if (mode < lower || mode > upper)
        {
            throw Argument.Refuse(
                $"triangular: mode must lie between lower {Argument.Number(lower)} and upper {Argument.Number(upper)}, found {Argument.Number(mode)}");
        }

        Support = new Support(lower, upper);
        width = upper - lower;
        rise = mode - lower;
        fall = upper - mode;
        logPeak = Elementary.Log(2 / width);
    }

    /// <summary>Where the density peaks.</summary>
    public double Mode { get; }

    /// <inheritdoc/>
    public Support Support { get; }

    /// <inheritdoc/>
    public double Mean => Support.Lower + ((width + rise) / 3);

    /// <inheritdoc/>
    public double StandardDeviation => Math.Sqrt(((width * width) - (width * rise) + (rise * rise)) / 18);

    double IPiecewiseDensity.Knot => Mode;

    /// <inheritdoc/>
    public double LogDensity(double x)
    {
        if (!Support.Contains(x))
        {
            return double.IsNaN(x) ? x : double.NegativeInfinity;
        }

        return x == Mode ? logPeak
            : logPeak + Elementary.Log(x < Mode ? (x - Support.Lower) / rise : (Support.Upper - x) / fall);
    }

    /// <inheritdoc/>
    public double Cdf(double x) =>
        x <= Support.Lower ? 0 : x >= Support.Upper ? 1 : x < Mode ? Below(x) : BelowBeyondMode(x);

    /// <inheritdoc/>
    public double LogCdf(double x) =>
        x > Mean && x < Support.Upper ? LogExp.LogOnePlus(-Survival(x)) : Elementary.Log(Cdf(x));

    /// <inheritdoc/>
    public double LogSurvival(double x) =>
        x < Mean && x > Support.Lower ? LogExp.LogOnePlus(-Cdf(x)) : Elementary.Log(Survival(x));

    /// <inheritdoc/>
    public double Quantile(double probability)
    {
        double excess = (Argument.Probability(probability) * width) - rise;
        return excess <= 0 ? FromLower(probability)
            : probability > 0.5 ? FromUpper(1 - probability)
            : Mode + (excess * fall / (fall + Math.Sqrt(fall * width * (1 - probability))));
    }

    /// <inheritdoc/>
    public double UpperQuantile(double probability)
    {
        double excess = (Argument.Probability(probability) * width) - fall;
        return excess <= 0 ? FromUpper(probability)
            : probability > 0.5 ? FromLower(1 - probability)
            : Mode - (excess * rise / (rise + Math.Sqrt(rise * width * (1 - probability))));
    }

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("triangular", Support.Lower, Mode, Support.Upper);

    private double Survival(double x) =>
        x <= Support.Lower ? 1 : x >= Support.Upper ? 0 : x > Mode ? Above(x) : AboveBeyondMode(x);

    // Beyond the mode the probability is that of the other side plus a trapezium, so that it keeps its digits when the
    // mode is at or near an end.
    private double BelowBeyondMode(double x) =>
        (rise / width) + ((x - Mode) * (fall + (Support.Upper - x)) / width / fall);

    private double AboveBeyondMode(double x) =>
        (fall / width) + ((Mode - x) * (rise + (x - Support.Lower)) / width / rise);

    private double Below(double x) => (x - Support.Lower) / width * ((x - Support.Lower) / rise);

    private double Above(double x) => (Support.Upper - x) / width * ((Support.Upper - x) / fall);

    private double FromLower(double probability) => Support.Lower + Math.Sqrt(probability * width * rise);

    private double FromUpper(double probability) => Support.Upper - Math.Sqrt(probability * width * fall);
}
