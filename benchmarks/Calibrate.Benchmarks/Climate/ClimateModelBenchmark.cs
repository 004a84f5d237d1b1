using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Benchmarks.Climate;

/// <summary>
/// Evaluations per second of the climate problem's likelihood alone: the model in batches of half an ensemble, and its
/// comparison with the targets, in a loop. Argument: number of threads that do it at the same time (1).
/// </summary>
internal static class ClimateModelBenchmark
{
    private const int Count = 16;
    private const int Batches = 64;
    private const int Rounds = 40;
    private const int Repetitions = 15;

    /// <summary>Repetitions that bring the code to its final, optimised form.</summary>
    private const int WarmUp = 5;

    public static int Run(string[] arguments)
    {
        int threads = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1;
        ClimateModelTiming timing = Measure(threads);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "climate-model",
            threads,
            batch = Count,
            evaluations_per_second_per_core = Math.Round(timing.Median),
            best_evaluations_per_second_per_core = Math.Round(timing.Best),
            microseconds_per_evaluation = Math.Round(1e6 / timing.Median, 3),
            machine = Machine.Description,
        }));
        return 0;
    }

    /// <summary>Measures evaluations per second and thread.</summary>
    /// <param name="threads">How many threads evaluate at the same time.</param>
    public static ClimateModelTiming Measure(int threads)
    {
        Problem problem = ClimateSample.Load();
        double[][] points = ClimateSample.Points(problem, Batches, Count);
        MeasureOne(problem.Likelihood.Create(), points, WarmUp);
        List<double> rates = [];
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        Thread[] running = [.. Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            double[] own = MeasureOne(problem.Likelihood.Create(), points, Repetitions);
            lock (rates)
            {
                rates.AddRange(own);
            }
        }))];
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        processor = Environment.CpuUsage.TotalTime - processor;
        rates.Sort();
        double evaluations = (double)threads * Repetitions * Rounds * Batches * Count;
        return new ClimateModelTiming(rates[rates.Count / 2], rates[^1], processor.TotalSeconds / evaluations);
    }

    private static double[] MeasureOne(ILikelihood likelihood, double[][] points, int repetitions)
    {
        EvaluationBatch results = new();
        double[] rates = new double[repetitions];
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int round = 0; round < Rounds; round++)
            {
                foreach (double[] batch in points)
                {
                    likelihood.Evaluate(Count, batch, results);
                }
            }

            rates[repetition] = Rounds * Batches * Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return rates;
    }
}

/// <summary>Evaluations per second and core.</summary>
/// <param name="Median">The middle of all repetitions.</param>
/// <param name="Best">The fastest repetition.</param>
/// <param name="ProcessorSeconds">Processor time per evaluation: what counts on a machine that does other things too.</param>
internal sealed record ClimateModelTiming(double Median, double Best, double ProcessorSeconds);
