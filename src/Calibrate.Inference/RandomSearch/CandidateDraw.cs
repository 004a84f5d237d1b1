using Calibrate.Inference.Initialisation;
using Calibrate.Inference.States;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.RandomSearch;

/// <summary>Draws the candidates: every walker of every iteration is an independent draw from the prior.</summary>
internal sealed class CandidateDraw(RandomSearchSettings settings, int ensemble)
{
    private readonly double[] uniforms = new double[settings.Shape.Dimension];

    /// <summary>Draws one candidate, in sampled space.</summary>
    internal void Draw(int iteration, int walker, Span<double> position)
    {
        UniformDraws.Fill(settings.Key, walker, iteration, ensemble, RandomPurpose.RandomSearch, uniforms);
        settings.Space.SamplePrior(uniforms, position);
    }

    /// <summary>
    /// Turns the candidates of an iteration into its result: a walker moves to its candidate if that has a higher log posterior than where it was.
    /// </summary>
    /// <param name="iteration">The iteration; every walker takes its first candidate.</param>
    /// <param name="candidates">The candidates; the walkers after the iteration on return.</param>
    /// <param name="previous">The walkers before the iteration.</param>
    internal static void KeepBest(int iteration, WalkerStates candidates, WalkerStates previous)
    {
        for (int walker = 0; walker < candidates.Accepted.Length; walker++)
        {
            candidates.Accepted[walker] = 0;
            if (iteration == 0)
            {
                continue;
            }

            if (candidates.LogPosteriors[walker] > previous.LogPosteriors[walker])
            {
                candidates.Accepted[walker] = 1;
            }
            else
            {
                candidates.Stay(walker, previous);
            }
        }
    }
}
