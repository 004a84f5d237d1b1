using Calibrate.Numerics;

namespace Calibrate.Problems.Parameters;

/// <summary>The maps of <see cref="ParameterTransform"/>, their inverses and the logs of their derivatives.</summary>
internal static class Transforms
{
    /// <summary>x = exp(y), ln dx/dy = y.</summary>
    public static double FromLog(double y, out double logJacobian)
    {
        logJacobian = y;
        return Elementary.Exp(y);
    }

    /// <summary>
    /// x = lower + width s with s = 1 / (1 + exp(-y)), ln dx/dy = ln width + ln s + ln(1 - s). Written with exp(-|y|), so
    /// that neither tail overflows.
    /// </summary>
    public static double FromLogit(double y, double lower, double upper, out double logJacobian)
    {
        double width = upper - lower;
        double small = Elementary.Exp(-Math.Abs(y));
        double share = small / (1 + small);
        logJacobian = Elementary.Log(width) - Math.Abs(y) - (2 * Elementary.Log(1 + small));

        // the distance to the nearer end is the small number, so it keeps its digits
        return y < 0 ? lower + (width * share) : upper - (width * share);
    }

    /// <summary>The sampled value of a natural one.</summary>
    public static double ToSampled(ParameterTransform transform, double x, double lower, double upper) => transform switch
    {
        ParameterTransform.None => x,
        ParameterTransform.Log => Elementary.Log(x),
        ParameterTransform.Logit => Elementary.Log(x - lower) - Elementary.Log(upper - x),
        _ => throw new ArgumentOutOfRangeException(nameof(transform), transform, "unknown transform"),
    };
}
