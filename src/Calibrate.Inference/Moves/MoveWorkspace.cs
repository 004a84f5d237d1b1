namespace Calibrate.Inference.Moves;

/// <summary>Scratch memory of moves, owned by whoever calls them, so that a proposal allocates nothing. Its contents mean nothing between calls.</summary>
public sealed class MoveWorkspace
{
    private double[] numbers = [];

    /// <summary>Scratch numbers, not cleared.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The same memory at every call: one call per proposal.</returns>
    public Span<double> Numbers(int count)
    {
        if (numbers.Length < count)
        {
            numbers = new double[count];
        }

        return numbers.AsSpan(0, count);
    }
}
