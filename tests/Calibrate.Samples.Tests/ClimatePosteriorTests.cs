using System.Text.Json.Nodes;
using Calibrate.Journal.Sqlite;
using Calibrate.Models;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Samples.Tests;

/// <summary>
/// samples/climate as it is shipped against <c>posterior_aerosol_4_parameters</c>, which emcee sampled. The seed is fixed, so the
/// outcome is too; for a fresh seed the chance of a false alarm is about 3e-4 for the means (four at 4 standard errors).
/// </summary>
public sealed class ClimatePosteriorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-climate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [SkippableFact]
    public async Task The_posterior_agrees_with_the_reference()
    {
        Skip.If(IsDebug, "More than a million model runs take minutes without optimisation: run with -c Release, as scripts/test.sh does.");
        Problem problem = ProblemFile.Load(SampleFile(), new BuiltInModels());
        await using SqliteJournal journal = new(folder);
        RunId run = RunId.Parse("climate");
        RunResult result = await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(run, problem));
        Assert.Equal(RunOutcome.Completed, result.Outcome);
        RunSummary summary = await RunSummaries.MakeAsync(journal, run, problem);
        Assert.True(summary.Converged);
        Assert.Empty(summary.Failures.Where(f => f.Value > 0));

        JsonNode reference = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "climate-two-layer.json")))!["posterior_aerosol_4_parameters"]!;
        for (int j = 0; j < 4; j++)
        {
            (string name, ParameterDiagnostics found) = summary.Parameters[j];
            Assert.Equal(reference["names"]![j]!.GetValue<string>(), name);
            double error = double.Hypot(found.McseMean, reference["mcse_mean"]![j]!.GetValue<double>());
            Assert.Equal(reference["mean"]![j]!.GetValue<double>(), found.Mean, 4 * error);
            double sd = reference["sd"]![j]!.GetValue<double>();
            Assert.Equal(sd, found.Sd, 0.04 * sd);
            Assert.True(found.EssBulk >= 20_000, $"{name}: ESS {found.EssBulk}");
        }

        (_, ParameterDiagnostics ecs) = summary.Parameters.Single(p => p.Key == "ecs");
        JsonNode sensitivity = reference["ecs_3.93_over_lambda0"]!;
        foreach ((string quantile, double found) in ((string, double)[])[("median", ecs.Median), ("q05", ecs.Q05), ("q95", ecs.Q95)])
        {
            double expected = sensitivity[quantile]!.GetValue<double>();
            Assert.Equal(expected, found, 0.01 * expected);
        }
    }

    private static bool IsDebug =>
#if DEBUG
        true;
#else
        false;
#endif

    private static string SampleFile()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Calibrate.sln")))
        {
            root = root.Parent;
        }

        Assert.True(root is not null, "Calibrate.sln stands in no folder above the tests: run them from a checkout.");
        return Path.Combine(root!.FullName, "samples", "climate", "two-layer.yaml");
    }
}
