using System.Diagnostics;
using System.Text.Json;
using Calibrate.Numerics;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Random;

namespace Calibrate.Benchmarks.Diagnostics;

/// <summary>
/// Diagnostics of a run of twenty million draws per parameter: how long, and in how much memory. One parameter is in memory at a
/// time. Arguments: number of parameters (10), and share of proposals that are accepted (0.4; 1 means that all draws differ).
/// </summary>
internal static class LargeDiagnostics
{
    private const int Ensembles = 4;
    private const int Walkers = 32;
    private const int Iterations = 156_250;

    /// <summary>Correlation of successive accepted draws: with 0.4 accepted, about 47 iterations make one independent draw.</summary>
    private const double Persistence = 0.9;

    public static int Run(string[] args)
    {
        var parameters = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 10;
        var acceptance = args.Length > 1 ? double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 0.4;
        var values = new double[Ensembles * Walkers * Iterations];
        var draws = new DrawMatrix(values, Ensembles * Walkers, Iterations);
        var scratch = new DiagnosticScratch();
        var watch = new Stopwatch();
        var processorTime = TimeSpan.Zero;
        using var process = Process.GetCurrentProcess();
        ParameterDiagnostics? last = null;
        for (var parameter = 0; parameter < parameters; parameter++)
        {
            Simulate(values, parameter, acceptance);
            process.Refresh();
            processorTime -= process.TotalProcessorTime;
            watch.Start();
            last = Diagnose.Ensembles(draws, Ensembles, scratch);
            watch.Stop();
            process.Refresh();
            processorTime += process.TotalProcessorTime;
        }

        process.Refresh();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "diagnostics-large",
            seconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
            processor_seconds = Math.Round(processorTime.TotalSeconds, 2),
            peak_working_set_mb = Math.Round(process.PeakWorkingSet64 / 1e6),
            parameters,
            draws = values.Length,
            ensembles = Ensembles,
            walkers = Walkers,
            iterations = Iterations,
            acceptance,
            rhat = last?.Rhat,
            ess_bulk = last?.EssBulk,
            ess_tail = last?.EssTail,
            tau = last?.Tau,
            machine = Machine.Description,
        }));
        return 0;
    }

    /// <summary>Walkers that follow a first-order autoregression whenever a proposal is accepted, else stay; odd parameters are log-normal.</summary>
    private static void Simulate(double[] values, int parameter, double acceptance)
    {
        var key = PhiloxKey.FromSeed((ulong)parameter);
        var noise = Math.Sqrt(1.0 - (Persistence * Persistence));
        for (var walker = 0; walker < Ensembles * Walkers; walker++)
        {
            var chain = values.AsSpan(walker * Iterations, Iterations);
            var x = 0.0;
            for (var i = 0; i < Iterations; i++)
            {
                var block = Philox.Block(key, PhiloxCounter.Of(walker, i, 0, RandomPurpose.ProposalNormals));
                if (i == 0)
                {
                    x = NormalQuantile.Of(block.Uniform01);
                }
                else if (block.Uniform23 < acceptance)
                {
                    x = (Persistence * x) + (noise * NormalQuantile.Of(block.Uniform01));
                }

                chain[i] = parameter % 2 == 0 ? x : Elementary.Exp(x);
            }
        }
    }
}
