using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>Student's t distribution, moved and scaled: <c>student_t(nu, mu, sigma)</c>.</summary>
public sealed class StudentT : IDistribution
{
    private readonly double logNorm;
    private readonly double rootNu;
    private readonly StudentTail tail;

    /// <summary>Creates the distribution from its degrees of freedom (any positive number), its median and its scale.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public StudentT(double nu, double mu, double sigma)
    {
        Nu = Argument.Positive("student_t", "nu", nu);
        Mu = Argument.Finite("student_t", "mu", mu);
        Sigma = Argument.Positive("student_t", "sigma", sigma);
        rootNu = Math.Sqrt(nu);
        tail = new StudentTail(nu);
        logNorm = -tail.LogComplete - (0.5 * Elementary.Log(nu)) - Elementary.Log(sigma);
    }

    /// <summary>Degrees of freedom.</summary>
    public double Nu { get; }

    /// <summary>The median, which is the mean when <see cref="Nu"/> exceeds one.</summary>
    public double Mu { get; }

    /// <summary>Scale; the standard deviation is larger by sqrt(nu / (nu - 2)).</summary>
    public double Sigma { get; }

    /// <inheritdoc/>
    public Support Support => Support.RealLine;

    /// <inheritdoc/>
    public double Mean => Nu > 1 ? Mu : double.NaN;

    /// <inheritdoc/>
    public double StandardDeviation => Nu > 2 ? Sigma * Math.Sqrt(Nu / (Nu - 2)) : double.NaN;

    /// <inheritdoc/>
    public double LogDensity(double x) =>
        logNorm - (0.5 * (Nu + 1) * LogExp.LogOnePlusSquare((x - Mu) / Sigma / rootNu));

    /// <inheritdoc/>
    public double Cdf(double x) => Elementary.Exp(LogCdf(x));

    /// <inheritdoc/>
    public double LogCdf(double x) => StandardLogCdf((x - Mu) / Sigma);

    /// <inheritdoc/>
    public double LogSurvival(double x) => StandardLogCdf((Mu - x) / Sigma);

    /// <inheritdoc/>
    public double Quantile(double probability) => Argument.Probability(probability) switch
    {
        < 0.5 => QuantileSearch.Quantile(this, probability, Mu - (Sigma * TailStart(probability))),
        0.5 => Mu,
        _ => UpperQuantile(1 - probability),
    };

    /// <inheritdoc/>
    public double UpperQuantile(double probability) => Argument.Probability(probability) switch
    {
        < 0.5 => QuantileSearch.UpperQuantile(this, probability, Mu + (Sigma * TailStart(probability))),
        0.5 => Mu,
        _ => Quantile(1 - probability),
    };

    /// <inheritdoc/>
    public override string ToString() => Argument.Call("student_t", Nu, Mu, Sigma);

    private double StandardLogCdf(double t) => t <= 0 ? tail.Log(-t) : LogExp.LogOneMinusExp(tail.Log(t));

    // Leading term of the tail far out, the first Cornish-Fisher correction to the normal quantile otherwise.
    private double TailStart(double probability)
    {
        double x = Math.Pow(Nu * probability * Elementary.Exp(tail.LogComplete), 2 / Nu);
        if (x < 0.3)
        {
            return rootNu * Math.Sqrt((1 - x) / x);
        }

        double z = -NormalQuantile.Of(probability);
        return z + (((z * z * z) + z) / (4 * Nu));
    }
}
