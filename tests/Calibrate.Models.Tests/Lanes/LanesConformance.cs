using System.Runtime.InteropServices;
using Calibrate.Models.Lanes;
using Calibrate.Numerics;

namespace Calibrate.Models.Tests.Lanes;

/// <summary>What every width must do: exactly what one lane does, lane by lane.</summary>
internal static class LanesConformance<TLanes, TVector>
    where TLanes : ILanes<TVector>
    where TVector : struct
{
    private static readonly double[] Values =
    [
        1.5, -2.25, 1e-300, 3.141592653589793, -0.0, 0.1, 1e17, -7.0, 0.3333333333333333, 12.5, -1e-8, 2.0, 5e-324, -42.42, 9.0, 0.7,
        double.PositiveInfinity, double.NaN, 1 + 1e-15, -1e300, 0.0, 100.0, -0.5, 6.02e23, 1e-16, 88.8, -3.5, 0.25, 1e8, -1e-3, 4.0, 17.0,
        0.9999999999999999, 30.0,
    ];

    /// <summary>Reads and writes exactly as many consecutive numbers as it has lanes.</summary>
    public static void CheckMemory(int expectedCount)
    {
        Assert.Equal(expectedCount, TLanes.Count);
        double[] copy = new double[TLanes.Count + 1];
        copy[^1] = 5;
        TLanes.Store(Load(2), ref copy[0]);
        Assert.Equal(Values[2..(2 + TLanes.Count)], copy[..^1]);
        Assert.Equal(5, copy[^1]);
        Assert.All(Lanes(TLanes.Broadcast(0.3)), lane => Assert.Equal(0.3, lane));
    }

    /// <summary>Every operation has the bits of plain doubles in every lane.</summary>
    public static void CheckOperations()
    {
        SameAsOneLane(TLanes.Add, (a, b) => a + b);
        SameAsOneLane(TLanes.Subtract, (a, b) => a - b);
        SameAsOneLane(TLanes.Multiply, (a, b) => a * b);
        SameAsOneLane(TLanes.Divide, (a, b) => a / b);
        SameAsOneLane(TLanes.Max, Math.Max);
        SameAsOneLane((a, _) => TLanes.Abs(a), (a, _) => Math.Abs(a));
        SameAsOneLane((a, _) => TLanes.Exp(a), (a, _) => Elementary.Exp(a));
        SameAsOneLane((a, _) => TLanes.Log(a), (a, _) => Elementary.Log(a));
        SameAsOneLane(
            (a, b) => TLanes.MultiplyAdd(a, b, TLanes.Multiply(a, TLanes.Broadcast(-0.1))),
            (a, b) => Math.FusedMultiplyAdd(a, b, a * -0.1));
    }

    /// <summary>All lanes are equal to a number only when each of them is.</summary>
    public static void CheckComparison()
    {
        double[] lanes = [.. Enumerable.Repeat(1.0, TLanes.Count)];
        Assert.True(TLanes.AllEqual(TLanes.Load(ref lanes[0]), 1));
        foreach (double other in (double[])[1 + 1e-15, double.NaN])
        {
            for (int i = 0; i < lanes.Length; i++)
            {
                lanes[i] = other;
                Assert.False(TLanes.AllEqual(TLanes.Load(ref lanes[0]), 1));
                lanes[i] = 1;
            }
        }
    }

    private static void SameAsOneLane(Func<TVector, TVector, TVector> operation, Func<double, double, double> oneLane)
    {
        for (int a = 0; a + TLanes.Count <= Values.Length; a++)
        {
            for (int b = 0; b + TLanes.Count <= Values.Length; b++)
            {
                double[] results = Lanes(operation(Load(a), Load(b)));
                for (int lane = 0; lane < results.Length; lane++)
                {
                    Bits.AssertSame(oneLane(Values[a + lane], Values[b + lane]), results[lane]);
                }
            }
        }
    }

    private static TVector Load(int first) => TLanes.Load(ref MemoryMarshal.GetReference(Values.AsSpan(first, TLanes.Count)));

    private static double[] Lanes(TVector vector)
    {
        double[] lanes = new double[TLanes.Count];
        TLanes.Store(vector, ref lanes[0]);
        return lanes;
    }
}
