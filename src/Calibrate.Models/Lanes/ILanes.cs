namespace Calibrate.Models.Lanes;

/// <summary>
/// Arithmetic on several points side by side, one lane each. An algorithm is written once, over <typeparamref name="TVector"/>,
/// and runs with one, four, eight or sixteen lanes.
/// </summary>
/// <remarks>
/// Every operation is a single IEEE 754 operation, so each lane gets the same bits whatever the width, and multiply-add is
/// fused in every width. That is what lets a sampler mix widths without changing a chain. The operations are static abstract
/// members because the compiler then sees bare registers: a wrapping struct costs half of the speed.
/// </remarks>
/// <typeparam name="TVector">What holds the lanes.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Broadcast(double value);

    /// <summary>Reads <see cref="Count"/> consecutive numbers.</summary>
    static abstract TVector Load(ref double source);

    /// <summary>Writes <see cref="Count"/> consecutive numbers.</summary>
    static abstract void Store(TVector value, ref double destination);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a - b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a * b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a / b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>|a|.</summary>
    static abstract TVector Abs(TVector a);

    /// <summary>The larger of a and b; NaN when either is.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>e to the power a.</summary>
    static abstract TVector Exp(TVector a);

    /// <summary>Natural logarithm of a.</summary>
    static abstract TVector Log(TVector a);

    /// <summary>Whether every lane equals <paramref name="value"/>; a NaN lane does not.</summary>
    static abstract bool AllEqual(TVector a, double value);
}
