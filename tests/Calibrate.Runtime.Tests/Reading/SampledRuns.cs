using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Reading;

/// <summary>Short runs of two ensembles in a journal in memory, interrupted so that their blocks end at odd places.</summary>
internal static class SampledRuns
{
    public static async Task<RunReader> SampleAsync(int iterations = 60, int thin = 1, int warmUp = 12)
    {
        var journal = new InMemoryJournal();
        var run = RunId.Parse("short");
        var problem = Problem(iterations, thin, warmUp);
        foreach (var until in (int[])[17, 18, 41, iterations])
        {
            await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(run, Problem(until, thin, warmUp)));
        }

        return await RunReader.OpenAsync(journal, run, problem);
    }

    private static Problem Problem(int iterations, int thin, int warmUp) =>
        new ConjugateProblem().Build().WithMethod(new EnsembleSpecification
        {
            Ensembles = 2, Walkers = 6, Iterations = iterations, WarmUp = warmUp, Thin = thin, Seed = 5,
        });
}
