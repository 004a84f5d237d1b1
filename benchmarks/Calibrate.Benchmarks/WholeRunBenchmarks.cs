using Calibrate.Benchmarks.Diagnostics;

namespace Calibrate.Benchmarks;

/// <summary>
/// Benchmarks that time one whole run and print one JSON line, by the name they are called with on the command line:
/// <c>dotnet run -c Release --project benchmarks/Calibrate.Benchmarks -- NAME</c>. Every other argument goes to BenchmarkDotNet.
/// </summary>
internal static class WholeRunBenchmarks
{
    /// <summary>Name to entry point; the entry point takes the remaining arguments and returns the exit code.</summary>
    public static IReadOnlyDictionary<string, Func<string[], int>> ByName { get; } =
        new SortedDictionary<string, Func<string[], int>>(StringComparer.Ordinal)
        {
            ["coordinator-capacity"] = Coordination.CoordinatorCapacity.Run,
            ["climate-model"] = Climate.ClimateModelBenchmark.Run,
            ["climate-run"] = Climate.ClimateRunBenchmark.Run,
            ["dashboard"] = Watching.DashboardBenchmark.Run,
            ["diagnostics-large"] = LargeDiagnostics.Run,
            ["ensemble-drivers"] = Ensembles.EnsembleDrivers.Run,
            ["evaluation-cache"] = Caching.EvaluationCacheBenchmark.Run,
            ["export"] = Exports.ExportBenchmark.Run,
            ["iteration-times"] = Cluster.IterationTimes.Run,
            ["journal-append"] = Journal.JournalAppend.Run,
            ["journal-overhead"] = Journal.JournalOverhead.Run,
            ["journal-read"] = Journal.JournalRead.Measure,
            ["kernel-gaussian"] = Kernel.GaussianBenchmark.Run,
            ["process-model"] = Slots.ProcessModels.Run,
            ["process-slot"] = Slots.ProcessSlots.Run,
            ["report"] = Reports.ReportBenchmark.Measure,
            ["serve-model"] = UmBridge.ServedRequests.Run,
            ["umbridge-client"] = UmBridge.ClientRatio.Run,
            ["sleeping-slots"] = Scheduling.SleepingSlots.Run,
        };
}
