using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Models;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Benchmarks.Slots;

/// <summary>
/// What a model in a program of its own costs: the time per evaluation of a compiled model that does next to nothing, with 10 parameters and 200
/// outputs, one point per request and many, values in base64 and as numbers. Everything counts: both sides writing and reading, the wake-ups, the
/// likelihood. Arguments: evaluations per round (20000), points per batch (64), encoding (base64).
/// </summary>
internal static class ProcessModels
{
    private const int Rounds = 7;
    private const int Dimension = 10;

    public static int Run(string[] arguments)
    {
        int evaluations = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20_000;
        int batch = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 64;
        string encoding = arguments.Length > 2 ? arguments[2] : "base64";
        string folder = Directory.CreateTempSubdirectory("calibrate-bench-").FullName;
        try
        {
            Compile(Path.Combine(folder, "process_model"));
            string file = Path.Combine(folder, "polynomials.yaml");
            File.WriteAllText(file, string.Join('\n',
                $"model: {{ command: [./process_model, {encoding}] }}",
                $"parameters: {{ {string.Join(", ", Enumerable.Range(0, Dimension).Select(j => $"p{j}: normal(0, 1)"))} }}",
                "targets: { y: { output: y, times: [0, 199], values: [0, 0], sigma: 1 } }"));
            ILikelihood likelihood = ProblemFile.Load(file, new BuiltInModels()).Likelihood.Create();
            using IDisposable owned = (IDisposable)likelihood;
            Measure(likelihood, evaluations / 4, 1);
            Measure(likelihood, evaluations / 4, batch);
            List<(double Single, double Batched)> rounds = [];
            while (rounds.Count < Rounds)
            {
                rounds.Add((Measure(likelihood, evaluations, 1), Measure(likelihood, evaluations, batch)));
            }

            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "process-model",
                encoding,
                parameters = Dimension,
                outputs = 200,
                batch,
                single_microseconds_median = rounds.Select(r => r.Single).Order().ElementAt(Rounds / 2),
                single_microseconds_best = rounds.Min(r => r.Single),
                batched_microseconds_median = rounds.Select(r => r.Batched).Order().ElementAt(Rounds / 2),
                batched_microseconds_best = rounds.Min(r => r.Batched),
                machine = Machine.Description,
            }));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Microseconds per evaluation.
    private static double Measure(ILikelihood likelihood, int evaluations, int batch)
    {
        double[] points = [.. Enumerable.Range(0, Dimension * batch).Select(i => Math.Sin(i + 1))];
        EvaluationBatch results = new();
        Stopwatch watch = Stopwatch.StartNew();
        int done = 0;
        while (done < evaluations)
        {
            likelihood.Evaluate(batch, points, results);
            done += batch;
        }

        return results.FailureCount == 0
            ? watch.Elapsed.TotalMicroseconds / done
            : throw new InvalidOperationException(results.Failures[0]?.Message ?? "a point failed");
    }

    private static void Compile(string program)
    {
        string source = Path.Combine(AppContext.BaseDirectory, "peers", "process_model.cpp");
        using Process compiler = Process.Start("g++", ["-O2", "-o", program, source]);
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            throw new InvalidOperationException("g++ cannot compile the model.");
        }
    }
}
