using System.Globalization;
using Calibrate.Journal.Sqlite;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Samples.Library;

/// <summary>Calibrate as a library: a problem built in C#, sampled, and summarised. Run it twice: the second time it has nothing left to do.</summary>
public static class Program
{
    /// <summary>Samples the coffee problem and prints what was found.</summary>
    /// <param name="arguments">The folder to keep the run in; <c>runs</c> when there is none.</param>
    public static async Task<int> Main(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        Problem problem = CoolingProblem.Build();
        await using SqliteJournal journal = new(arguments.Length > 0 ? arguments[0] : "runs");
        RunId run = RunId.Parse(problem.Name);
        RunResult result = await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(run, problem));
        if (result.Outcome is not (RunOutcome.Completed or RunOutcome.AlreadyCompleted))
        {
            await Console.Error.WriteLineAsync(result.Reason);
            return 1;
        }

        RunSummary summary = await RunSummaries.MakeAsync(journal, run, problem);
        foreach ((string name, ParameterDiagnostics found) in summary.Parameters)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-18} {found.Mean,9:F4} +- {found.Sd,7:F4}   R-hat {found.Rhat:F4}   ESS {found.EssBulk:F0}"));
        }

        Console.WriteLine($"chain {summary.ChainHash}");
        return 0;
    }
}
