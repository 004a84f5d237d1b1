using System.Numerics;
using Calibrate.Numerics.Distributions;

namespace Calibrate.Problems.Parameters;

/// <summary>Adds the log prior of one parameter to the totals of a batch; one virtual call per parameter, not per point.</summary>
internal abstract class PriorTerm
{
    /// <summary>The fastest exact form for a distribution.</summary>
    public static PriorTerm Of(IDistribution prior) => prior switch
    {
        Uniform or Flat => new IntervalTerm(prior.Support, prior.LogDensity(PointInside(prior.Support))),
        Normal normal => new NormalTerm(normal, normal.Support, normal.LogDensity(normal.Mean)),
        Truncated { Inner: Normal inner } truncated => new NormalTerm(
            inner, truncated.Support, TruncatedPeak(inner, truncated)),
        _ => new GeneralTerm(prior),
    };

    /// <summary>Adds the log density at each value; negative infinity or NaN outside the support.</summary>
    public abstract void Add(ReadOnlySpan<double> values, Span<double> logPriors);

    private static double PointInside(Support support) =>
        double.IsFinite(support.Lower) ? support.Lower : double.IsFinite(support.Upper) ? support.Upper : 0;

    // The log density that the truncated distribution would have at the mean of the normal it cuts, were the mean inside.
    private static double TruncatedPeak(Normal inner, Truncated truncated)
    {
        double inside = PointInside(truncated.Support);
        return inner.LogDensity(inner.Mean) + (truncated.LogDensity(inside) - inner.LogDensity(inside));
    }

    private static Vector<double> Inside(Vector<double> x, Support support, Vector<double> density) => Vector.ConditionalSelect(
        Vector.GreaterThanOrEqual(x, new Vector<double>(support.Lower)) & Vector.LessThanOrEqual(x, new Vector<double>(support.Upper)),
        density,
        new Vector<double>(double.NegativeInfinity));

    private sealed class IntervalTerm : PriorTerm
    {
        private readonly Support support;
        private readonly double logDensity;

        public IntervalTerm(Support support, double logDensity)
        {
            // an infinite value is outside even an endless interval: no model can be run there
            this.support = support.Intersect(new Support(-double.MaxValue, double.MaxValue));
            this.logDensity = logDensity;
        }

        public override void Add(ReadOnlySpan<double> values, Span<double> logPriors)
        {
            int i = 0;
            Vector<double> density = new(logDensity);
            for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                (new Vector<double>(logPriors[i..]) + Inside(new Vector<double>(values[i..]), support, density)).CopyTo(logPriors[i..]);
            }

            for (; i < values.Length; i++)
            {
                logPriors[i] += support.Contains(values[i]) ? logDensity : double.NegativeInfinity;
            }
        }
    }

    private sealed class NormalTerm(Normal normal, Support support, double peak) : PriorTerm
    {
        private readonly double mean = normal.Mean;
        private readonly double inverse = 1 / normal.StandardDeviation;

        public override void Add(ReadOnlySpan<double> values, Span<double> logPriors)
        {
            int i = 0;
            Vector<double> half = new(0.5);
            Vector<double> means = new(mean);
            Vector<double> peaks = new(peak);
            for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                Vector<double> x = new(values[i..]);
                Vector<double> z = (x - means) * inverse;
                (new Vector<double>(logPriors[i..]) + Inside(x, support, peaks - (half * z * z))).CopyTo(logPriors[i..]);
            }

            for (; i < values.Length; i++)
            {
                double z = (values[i] - mean) * inverse;
                logPriors[i] += support.Contains(values[i]) ? peak - (0.5 * z * z) : double.NegativeInfinity;
            }
        }
    }

    private sealed class GeneralTerm(IDistribution prior) : PriorTerm
    {
        public override void Add(ReadOnlySpan<double> values, Span<double> logPriors)
        {
            for (int i = 0; i < values.Length; i++)
            {
                logPriors[i] += prior.LogDensity(values[i]);
            }
        }
    }
}
