using Calibrate.Inference.Kernel;
using Calibrate.Inference.Moves;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Kernel;

public class PlainStretchStepperTests
{
    /// <summary>The layout of the random words, written down once more: it is fixed forever.</summary>
    [Fact]
    public void AnIterationUsesItsRandomWordsAsTheFormatSays()
    {
        const int walkers = 10;
        const int ensemble = 3;
        PhiloxKey key = PhiloxKey.FromSeed(21);
        QuadraticDensity density = QuadraticDensity.Standard(1);
        KernelRun run = new(new StretchSettings(key, ensemble, walkers, new UnboundedSpace(1)), new LogDensityLikelihood(density));
        double[] expected = run.Current.ToArray();
        byte[] accepted = new byte[walkers];
        for (int iteration = 1; iteration <= 20; iteration++)
        {
            PhiloxBlock[] first = [.. Enumerable.Range(0, walkers).Select(w => Philox.Block(key, new PhiloxCounter((uint)w, (uint)iteration, ensemble, 0)))];
            PhiloxBlock[] second = [.. Enumerable.Range(0, walkers).Select(w => Philox.Block(key, new PhiloxCounter((uint)w, (uint)iteration, ensemble, 1)))];
            int[] byRank = [.. Enumerable.Range(0, walkers).OrderBy(w => first[w].W0).ThenBy(w => w)];
            for (int split = 0; split < 2; split++)
            {
                int[] movers = [.. byRank.Skip(split * 5).Take(5)];
                int[] complement = [.. Enumerable.Range(0, walkers).Except(movers).Order()];
                foreach (int w in movers)
                {
                    int helper = complement[(int)(((ulong)first[w].W1 * 5) >> 32)];
                    double u = first[w].Uniform23;
                    double z = (u + 1) * (u + 1) / 2;
                    double proposal = expected[helper] - ((expected[helper] - expected[w]) * z);
                    double change = (-0.5 * proposal * proposal) + (0.5 * expected[w] * expected[w]);
                    accepted[w] = change > Math.Log(second[w].Uniform01) ? (byte)1 : (byte)0;
                    expected[w] = accepted[w] == 1 ? proposal : expected[w];
                }
            }

            long[] before = [.. run.AcceptedByWalker];
            run.Advance(KernelPath.Plain, 1);
            Assert.Equal(accepted, run.AcceptedByWalker.Select((count, w) => (byte)(count - before[w])));
            Assert.Equal(expected, run.Positions);
        }
    }

    [Fact]
    public void ProposalsComeFromTheSharedFormulas()
    {
        const int walkers = 6;
        KernelRun run = new(
            new StretchSettings(PhiloxKey.FromSeed(4), 0, walkers, new UnboundedSpace(1), Scale: 3), new LogDensityLikelihood(QuadraticDensity.Standard(1)));
        double[] start = run.Current.ToArray();
        run.Advance(KernelPath.Plain, 1);
        HashSet<double> possible = [.. start];
        foreach (double helper in run.Positions.Concat(start))
        {
            for (int w = 0; w < walkers; w++)
            {
                double u = Philox.Block(PhiloxKey.FromSeed(4), PhiloxCounter.Of(w, 1, 0, RandomPurpose.Step)).Uniform23;
                possible.Add(StretchFormulas.Proposal(helper, start[w], StretchFormulas.Factor(u, 3)));
            }
        }

        Assert.All(run.Positions, position => Assert.Contains(position, possible));
    }
}
