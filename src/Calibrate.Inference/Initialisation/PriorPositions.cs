using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Initialisation;

/// <summary>Initial positions drawn from the prior: the quantiles of uniforms, two per random block.</summary>
internal sealed class PriorPositions(IParameterSpace space, PhiloxKey key) : IInitialPositions
{
    public string Source => "the prior";

    public string? Refusal => space.CanSamplePrior ? null : RefusalTexts.PriorCannotBeSampled();

    public bool TryDraw(int ensemble, int walker, int attempt, Span<double> position)
    {
        Span<double> uniforms = stackalloc double[UniformDraws.StackLimit];
        uniforms = position.Length <= uniforms.Length ? uniforms[..position.Length] : new double[position.Length];
        UniformDraws.Fill(key, walker, attempt, ensemble, RandomPurpose.InitialPosition, uniforms);
        space.SamplePrior(uniforms, position);
        return true;
    }
}
