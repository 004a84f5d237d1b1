namespace Calibrate.Numerics.Random;

/// <summary>Four random 32-bit words: the output of Philox for one counter.</summary>
/// <param name="W0">Word 0.</param>
/// <param name="W1">Word 1.</param>
/// <param name="W2">Word 2.</param>
/// <param name="W3">Word 3.</param>
public readonly record struct PhiloxBlock(uint W0, uint W1, uint W2, uint W3)
{
    /// <summary>The uniform in (0, 1) of words 0 and 1.</summary>
    public double Uniform01 => RandomBits.Uniform(W0, W1);

    /// <summary>The uniform in (0, 1) of words 2 and 3.</summary>
    public double Uniform23 => RandomBits.Uniform(W2, W3);
}
