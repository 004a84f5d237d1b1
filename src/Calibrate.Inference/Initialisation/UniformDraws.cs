using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Initialisation;

/// <summary>Uniforms for points: block b of a counter gives numbers 2b and 2b + 1.</summary>
internal static class UniformDraws
{
    /// <summary>Dimensions up to which callers keep their uniforms on the stack.</summary>
    internal const int StackLimit = 64;

    internal static void Fill(PhiloxKey key, int walker, int iteration, int ensemble, RandomPurpose purpose, Span<double> uniforms)
    {
        for (int n = 0; n < uniforms.Length; n += 2)
        {
            PhiloxBlock block = Philox.Block(key, PhiloxCounter.Of(walker, iteration, ensemble, purpose, n / 2));
            uniforms[n] = block.Uniform01;
            if (n + 1 < uniforms.Length)
            {
                uniforms[n + 1] = block.Uniform23;
            }
        }
    }
}
