using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calibrate.Models.Lanes;
using P = Calibrate.Models.TwoLayer.TwoLayerParameters;

namespace Calibrate.Models.TwoLayer;

/// <summary>
/// Integrates the two-layer energy balance model with the classical fourth-order Runge-Kutta method.
/// </summary>
/// <remarks>
/// <para>Equations: Held et al. (2010), "Probing the fast and slow components of global warming", J. Climate 23, 2418, with
/// the efficacy of Geoffroy et al. (2013), "Transient climate response in a two-layer energy-balance model, part II",
/// J. Climate 26, 1859, and the temperature-dependent feedback of Bloch-Johnson et al. (2015), Geophys. Res. Lett. 42, 4973:
/// <c>C_s dT_s/dt = F - (lambda0 - a T_s) T_s - epsilon eta (T_s - T_d)</c>, <c>C_d dT_d/dt = eta (T_s - T_d)</c>.</para>
/// <para>Slopes are computed times half a step: the k of this file is (h/2) k of the textbook, so that stages two and three
/// only add it, and the next state is y + (k1 + 2 (k2 + k3) + k4) / 3. Everything but k4 is summed before k4 is known, because
/// a step takes as long as its longest chain of dependent operations, not as their number.</para>
/// </remarks>
internal static class TwoLayerIntegrator
{
    private const double Third = 1.0 / 3;

    /// <summary>Runs <c>TLanes.Count</c> points from rest through the years that somebody reads.</summary>
    /// <param name="forcing">The forcing, held within each year.</param>
    /// <param name="stepsPerYear">Runge-Kutta steps per year.</param>
    /// <param name="points">Parameters as a structure of arrays: <c>points[j * stride + first + lane]</c>.</param>
    /// <param name="stride">Row length of <paramref name="points"/>.</param>
    /// <param name="first">The first of the points to run.</param>
    /// <param name="scaled">Scratch space for one number per agent.</param>
    /// <param name="writer">Receives the state at the end of each year.</param>
    public static void Run<TLanes, TVector>(
        ForcingSeries forcing,
        int stepsPerYear,
        ReadOnlySpan<double> points,
        int stride,
        int first,
        Span<int> scaled,
        in TwoLayerWriter writer)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        ref double source = ref Unsafe.Add(ref MemoryMarshal.GetReference(points), first);
        Coefficients<TVector> coefficients = CoefficientsOf<TLanes, TVector>(ref source, stride, 0.5 / stepsPerYear);
        scaled = scaled[..FindScaledAgents<TLanes, TVector>(ref source, stride, scaled)];
        bool linear = TLanes.AllEqual(TLanes.Load(ref Unsafe.Add(ref source, P.FeedbackSlope * stride)), 0);
        TVector surface = TLanes.Broadcast(0);
        TVector deep = surface;
        for (int year = 0; year < writer.YearsToRun; year++)
        {
            TVector total = TLanes.Broadcast(forcing.Total[year]);
            foreach (int agent in scaled)
            {
                TVector scale = TLanes.Load(ref Unsafe.Add(ref source, (P.FirstScale + agent) * stride));
                TVector change = TLanes.Subtract(scale, TLanes.Broadcast(1));
                total = TLanes.MultiplyAdd(change, TLanes.Broadcast(forcing.Agent(agent)[year]), total);
            }

            if (linear)
            {
                AdvanceYear<TLanes, TVector, ConstantFeedback>(stepsPerYear, total, coefficients, ref surface, ref deep);
            }
            else
            {
                AdvanceYear<TLanes, TVector, VaryingFeedback>(stepsPerYear, total, coefficients, ref surface, ref deep);
            }

            writer.Write<TLanes, TVector>(year, ref source, stride, total, surface, deep);
        }
    }

    // A method of its own: inlined twice into the loop over years, its variables would no longer fit
    // the registers. Optimised from the first call: the first run is too long for unoptimised code.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AdvanceYear<TLanes, TVector, TFeedback>(
        int steps, TVector total, in Coefficients<TVector> coefficients, ref TVector surface, ref TVector deep)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TFeedback : IFeedback
    {
        // locals, because only those stay in registers
        TVector q = coefficients.Quadratic;
        TVector b = coefficients.Linear;
        TVector e = coefficients.FromDeep;
        TVector g = coefficients.IntoDeep;
        TVector f = TLanes.Multiply(total, coefficients.PerSurface);
        TVector x = surface;
        TVector d = deep;
        TVector two = TLanes.Broadcast(2);
        TVector third = TLanes.Broadcast(Third);
        for (int step = 0; step < steps; step++)
        {
            TVector k1 = TLanes.MultiplyAdd(Factor<TLanes, TVector, TFeedback>(q, x, b), x, TLanes.MultiplyAdd(e, d, f));
            TVector m1 = TLanes.Multiply(g, TLanes.Subtract(x, d));
            TVector x1 = TLanes.Add(x, k1);
            TVector d1 = TLanes.Add(d, m1);
            TVector k2 = TLanes.MultiplyAdd(Factor<TLanes, TVector, TFeedback>(q, x1, b), x1, TLanes.MultiplyAdd(e, d1, f));
            TVector m2 = TLanes.Multiply(g, TLanes.Subtract(x1, d1));
            TVector x2 = TLanes.Add(x, k2);
            TVector d2 = TLanes.Add(d, m2);
            TVector k3 = TLanes.MultiplyAdd(Factor<TLanes, TVector, TFeedback>(q, x2, b), x2, TLanes.MultiplyAdd(e, d2, f));
            TVector m3 = TLanes.Multiply(g, TLanes.Subtract(x2, d2));
            TVector x3 = TLanes.MultiplyAdd(two, k3, x);
            TVector d3 = TLanes.MultiplyAdd(two, m3, d);
            x = TLanes.MultiplyAdd(third, TLanes.MultiplyAdd(two, TLanes.Add(k2, k3), k1), x);
            d = TLanes.MultiplyAdd(third, TLanes.MultiplyAdd(two, TLanes.Add(m2, m3), m1), d);
            TVector k4 = TLanes.MultiplyAdd(Factor<TLanes, TVector, TFeedback>(q, x3, b), x3, TLanes.MultiplyAdd(e, d3, f));
            TVector m4 = TLanes.Multiply(g, TLanes.Subtract(x3, d3));
            x = TLanes.MultiplyAdd(third, k4, x);
            d = TLanes.MultiplyAdd(third, m4, d);
        }

        // x - x is zero, or NaN once x is infinite: then both kinds of feedback end with NaN and not one of them with infinity
        surface = TLanes.Add(x, TLanes.Subtract(x, x));
        deep = TLanes.Add(d, TLanes.Subtract(d, d));
    }

    // What multiplies T_s. Leaving out a slope of zero shortens the longest chain and changes no bit of a finite number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Factor<TLanes, TVector, TFeedback>(TVector slope, TVector temperature, TVector constant)
        where TLanes : ILanes<TVector>
        where TVector : struct
        where TFeedback : IFeedback =>
        TFeedback.IsConstant ? constant : TLanes.MultiplyAdd(slope, temperature, constant);

    private static Coefficients<TVector> CoefficientsOf<TLanes, TVector>(ref double source, int stride, double halfStep)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        TVector feedback = TLanes.Load(ref Unsafe.Add(ref source, P.Feedback * stride));
        TVector exchange = TLanes.Load(ref Unsafe.Add(ref source, P.HeatExchange * stride));
        TVector efficacy = TLanes.Load(ref Unsafe.Add(ref source, P.Efficacy * stride));
        TVector surfaceCapacity = TLanes.Load(ref Unsafe.Add(ref source, P.SurfaceCapacity * stride));
        TVector deepCapacity = TLanes.Load(ref Unsafe.Add(ref source, P.DeepCapacity * stride));
        TVector slope = TLanes.Load(ref Unsafe.Add(ref source, P.FeedbackSlope * stride));
        TVector perSurface = TLanes.Divide(TLanes.Broadcast(halfStep), surfaceCapacity);
        TVector perDeep = TLanes.Divide(TLanes.Broadcast(halfStep), deepCapacity);
        TVector uptake = TLanes.Multiply(efficacy, exchange);
        TVector loss = TLanes.Add(feedback, uptake);
        return new Coefficients<TVector>
        {
            PerSurface = perSurface,
            Quadratic = TLanes.Multiply(slope, perSurface),
            Linear = TLanes.Multiply(TLanes.Subtract(TLanes.Broadcast(0), loss), perSurface),
            FromDeep = TLanes.Multiply(uptake, perSurface),
            IntoDeep = TLanes.Multiply(exchange, perDeep),
        };
    }

    // Problems scale one or two of some twenty agents: the others, one in every lane, are left out of the yearly sum. Adding
    // their zero would not change a bit, so it does not matter that the choice depends on the neighbouring lanes.
    private static int FindScaledAgents<TLanes, TVector>(ref double source, int stride, Span<int> scaled)
        where TLanes : ILanes<TVector>
        where TVector : struct
    {
        int count = 0;
        for (int agent = 0; agent < scaled.Length; agent++)
        {
            if (!TLanes.AllEqual(TLanes.Load(ref Unsafe.Add(ref source, (P.FirstScale + agent) * stride)), 1))
            {
                scaled[count++] = agent;
            }
        }

        return count;
    }

    /// <summary>Whether the feedback depends on temperature, known to the compiler.</summary>
    private interface IFeedback
    {
        static abstract bool IsConstant { get; }
    }

    private readonly struct ConstantFeedback : IFeedback
    {
        public static bool IsConstant => true;
    }

    private readonly struct VaryingFeedback : IFeedback
    {
        public static bool IsConstant => false;
    }

    /// <summary>What multiplies the state, times half a step (h/2).</summary>
    private struct Coefficients<TVector>
        where TVector : struct
    {
        /// <summary>(h/2) / C_s.</summary>
        public TVector PerSurface;

        /// <summary>(h/2) a / C_s.</summary>
        public TVector Quadratic;

        /// <summary>-(h/2) (lambda0 + epsilon eta) / C_s.</summary>
        public TVector Linear;

        /// <summary>(h/2) epsilon eta / C_s.</summary>
        public TVector FromDeep;

        /// <summary>(h/2) eta / C_d.</summary>
        public TVector IntoDeep;
    }
}
