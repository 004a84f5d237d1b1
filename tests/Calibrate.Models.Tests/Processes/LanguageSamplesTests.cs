using System.ComponentModel;
using System.Diagnostics;
using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Models.Tests.Processes;

/// <summary>The samples in other languages as problems: they load, and their models give the numbers they should.</summary>
public sealed class LanguageSamplesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-samples-").FullName;

    [SkippableFact]
    public void The_climate_model_in_Python_has_the_likelihood_of_the_built_in_one()
    {
        PythonPrograms.Require();
        Problem ours = Load("samples", "climate", "two-layer.yaml");
        Problem theirs = Load("samples", "two-layer-python.yaml");

        foreach (double shift in (double[])[-0.4, -0.1, 0, 0.2, 0.6])
        {
            // with and without a feedback that varies: the model in Python computes them differently
            foreach (double slope in (double[])[0, 0.05])
            {
                (string, double)[] point =
                [
                    ("lambda0", 1.3 + shift), ("eta", 0.7 - (shift / 2)), ("cs", 8 + shift), ("aerosol_scale", 1 - shift), ("epsilon", 1.3), ("cd", 100), ("a", slope),
                ];
                double expected = ProblemTexts.LogLikelihood(ours, PointOf(ours, point));
                Assert.Equal(expected, ProblemTexts.LogLikelihood(theirs, PointOf(theirs, point)), 1e-10 * Math.Abs(expected));
            }
        }
    }

    [SkippableFact]
    public void The_oscillator_in_Cpp_fits_its_data_where_they_were_made()
    {
        SkipWithout("g++");
        Copy("cpp");
        Run("g++", "-O2", "-std=c++17", "-o", Path.Combine(folder, "oscillator"), Path.Combine(folder, "oscillator.cpp"));

        Problem problem = ProblemFile.Load(Path.Combine(folder, "oscillator.yaml"), new BuiltInModels());

        AssertFits(problem, observations: 60, sigma: 0.5, PointOf(problem, ("amplitude", 10), ("frequency", 3), ("damping", 0.4)));
    }

    [SkippableFact]
    public void The_decay_in_R_fits_its_data_where_they_were_made()
    {
        SkipWithout("Rscript");
        Problem problem = Load("samples", "models", "r", "decay.yaml");

        AssertFits(problem, observations: 25, sigma: 3, PointOf(problem, ("activity", 120), ("rate", 0.2), ("background", 8)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Problem Load(params string[] path) => ProblemFile.Load(DocumentedBlocks.PathOf(path), new BuiltInModels());

    // chi squared of n observations at the truth is n +- sqrt(2 n); the errors are fixed, so this cannot fail by chance
    private static void AssertFits(Problem problem, int observations, double sigma, double[] truth)
    {
        double normalisation = -observations * (Math.Log(sigma) + (0.5 * Math.Log(2 * Math.PI)));
        double chiSquared = -2 * (ProblemTexts.LogLikelihood(problem, truth) - normalisation);
        Assert.InRange(chiSquared, observations - (3 * Math.Sqrt(2 * observations)), observations + (3 * Math.Sqrt(2 * observations)));
    }

    private static double[] PointOf(Problem problem, params (string Name, double Value)[] values) =>
        [.. problem.NaturalNames.Select(name => values.Single(value => value.Name == name).Value)];

    private static void SkipWithout(string program)
    {
        try
        {
            Run(program, "--version");
        }
        catch (Win32Exception)
        {
            Skip.If(true, $"{program} is not installed");
        }
    }

    private static void Run(string program, params string[] args)
    {
        ProcessStartInfo start = new(program, args) { UseShellExecute = false, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void Copy(string language)
    {
        foreach (string file in Directory.GetFiles(DocumentedBlocks.PathOf("samples", "models", language)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }
}
