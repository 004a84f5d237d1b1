using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Predictive;

/// <summary>Chooses some draws that stand for all: evenly over the iterations, and over the chains as they come round.</summary>
/// <remarks>
/// Draw j of K lies at the middle of the j-th of K equal stretches of the iterations, in chain j * step mod chains, where the step is the integer
/// coprime to the number of chains nearest to its golden section: successive draws come from chains far apart, and each chain is visited before
/// any is visited twice. No random numbers, so the same run always gives the same draws.
/// </remarks>
public static class EvenDraws
{
    private const double GoldenSection = 0.6180339887498949;

    /// <summary>The places of the draws, ascending by iteration.</summary>
    /// <param name="chains">Number of chains, at least 1.</param>
    /// <param name="drawsPerChain">Draws per chain.</param>
    /// <param name="count">How many draws; all of them when there are fewer.</param>
    public static IReadOnlyList<DrawPlace> Choose(int chains, int drawsPerChain, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(drawsPerChain);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var total = (long)chains * drawsPerChain;
        if (total <= count)
        {
            return [.. Enumerable.Range(0, drawsPerChain).SelectMany(draw => Enumerable.Range(0, chains).Select(chain => new DrawPlace(chain, draw)))];
        }

        var step = StepOf(chains);
        var places = new DrawPlace[count];
        for (var j = 0; j < count; j++)
        {
            // More draws than iterations: a stretch is then less than an iteration, and its chains still differ.
            var draw = (int)(((2L * j) + 1) * drawsPerChain / (2L * count));
            places[j] = new DrawPlace((int)((long)j * step % chains), draw);
        }

        return places;
    }

    private static int StepOf(int chains)
    {
        var golden = Math.Max(1, (int)Math.Round(GoldenSection * chains));
        for (var distance = 0; distance < chains; distance++)
        {
            foreach (var candidate in (int[])[golden + distance, golden - distance])
            {
                if (candidate >= 1 && candidate <= Math.Max(1, chains) && IsCoprime(candidate, chains))
                {
                    return candidate;
                }
            }
        }

        return 1;
    }

    private static bool IsCoprime(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a == 1;
    }
}
