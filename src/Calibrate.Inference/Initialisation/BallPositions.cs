using Calibrate.Numerics;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Initialisation;

/// <summary>Initial positions drawn from a normal ball around one point, in sampled space.</summary>
/// <param name="center">The centre.</param>
/// <param name="radii">Standard deviation of each parameter.</param>
/// <param name="key">Key of the run.</param>
internal sealed class BallPositions(double[] center, double[] radii, PhiloxKey key) : IInitialPositions
{
    public string Source => "the ball";

    public string? Refusal => null;

    public bool TryDraw(int ensemble, int walker, int attempt, Span<double> position)
    {
        UniformDraws.Fill(key, walker, attempt, ensemble, RandomPurpose.InitialBall, position);
        for (int j = 0; j < position.Length; j++)
        {
            position[j] = center[j] + (radii[j] * NormalQuantile.Of(position[j]));
        }

        return true;
    }
}
