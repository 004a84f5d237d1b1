using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

/// <summary>
/// The definitions spelled out, with no thought of speed or memory: what the fast path must agree with. Chains are arrays of their own.
/// </summary>
internal static class NaiveDiagnostics
{
    public static double[][] Chains(DrawMatrix draws) =>
        [.. Enumerable.Range(0, draws.Chains).Select(chain => draws.Chain(chain).ToArray())];

    public static double[][] Halves(double[][] chains) =>
        [.. chains.SelectMany(chain => new[] { chain[..(chain.Length / 2)], chain[((chain.Length + 1) / 2)..] })];

    public static double[] Flat(double[][] chains) => [.. chains.SelectMany(chain => chain)];

    /// <summary>Average ranks from 1, by sorting.</summary>
    public static double[] Ranks(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        var sorted = values.Select(x => x + 0.0).ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && sorted[end].Equals(sorted[start]))
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    public static double[][] NormalScores(double[][] chains)
    {
        var flat = Flat(chains);
        var scores = Ranks(flat).Select(rank => NormalQuantile.Of((rank - 0.375) / (flat.Length + 0.25))).ToArray();
        return [.. chains.Select((chain, i) => scores[(i * chain.Length)..((i + 1) * chain.Length)])];
    }

    public static double Mean(double[] values) => values.Sum() / values.Length;

    public static double Variance(double[] values)
    {
        var mean = Mean(values);
        return values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1);
    }

    public static double Rhat(double[][] chains)
    {
        var n = (double)chains[0].Length;
        var between = n * Variance([.. chains.Select(Mean)]);
        var within = chains.Average(Variance);
        return Math.Sqrt(((between / within) + n - 1) / n);
    }

    public static double NestedRhat(double[][] chains, int superchains)
    {
        var size = chains.Length / superchains;
        var groups = Enumerable.Range(0, superchains).Select(k => chains[(k * size)..((k + 1) * size)]).ToArray();
        var within = groups.Average(group => group.Average(Variance) + (size > 1 ? Variance([.. group.Select(Mean)]) : 0.0));
        return Math.Sqrt(1.0 + (Variance([.. groups.Select(group => Mean(Flat(group)))]) / within));
    }

    public static double[] Autocovariance(double[] chain)
    {
        var mean = Mean(chain);
        var covariance = new double[chain.Length];
        for (var lag = 0; lag < chain.Length; lag++)
        {
            for (var i = 0; i + lag < chain.Length; i++)
            {
                covariance[lag] += (chain[i] - mean) * (chain[i + lag] - mean) / chain.Length;
            }
        }

        return covariance;
    }

    /// <summary>A line-by-line transcription of posterior's <c>.ess</c>.</summary>
    public static double EffectiveSampleSize(double[][] chains)
    {
        var n = chains[0].Length;
        var covariances = chains.Select(Autocovariance).ToArray();
        var acov = Enumerable.Range(0, n).Select(lag => covariances.Average(c => c[lag])).ToArray();
        var meanVariance = acov[0] * n / (n - 1);
        var total = (meanVariance * (n - 1) / n) + (chains.Length > 1 ? Variance([.. chains.Select(Mean)]) : 0.0);
        var rho = new double[n + 2];
        var t = 0;
        var even = rho[0] = 1.0;
        var odd = rho[1] = 1.0 - ((meanVariance - acov[1]) / total);
        while (t < n - 5 && even + odd > 0)
        {
            t += 2;
            even = 1.0 - ((meanVariance - acov[t]) / total);
            odd = 1.0 - ((meanVariance - acov[t + 1]) / total);
            if (even + odd >= 0)
            {
                (rho[t], rho[t + 1]) = (even, odd);
            }
        }

        var last = t;
        if (even > 0)
        {
            rho[last] = even;
        }

        for (t = 2; t <= last - 2; t += 2)
        {
            if (rho[t] + rho[t + 1] > rho[t - 2] + rho[t - 1])
            {
                rho[t] = rho[t + 1] = (rho[t - 2] + rho[t - 1]) / 2;
            }
        }

        var draws = (double)chains.Length * n;

        // R sums rho[1:max_t], and 1:0 is not empty: it counts down to 0, so that rho[1], lag 0, is in it.
        var tau = -1.0 + (2.0 * rho.Take(Math.Max(last, 1)).Sum()) + rho[last];
        return draws / Math.Max(tau, 1.0 / Math.Log10(draws));
    }
}
