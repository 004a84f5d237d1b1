using System.Diagnostics;
using System.Globalization;
using Calibrate.Runtime;

namespace Calibrate.Simulator.Chaos;

/// <summary>The command line of the chaos simulations.</summary>
public static class ChaosProgram
{
    /// <summary>Runs one seed and prints its transcript.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="verbose">Whether to print every message.</param>
    public static int RunOne(ulong seed, bool verbose)
    {
        List<string> transcript = [];
        var (complaint, result) = ChaosSeeds.Run(seed, transcript, verbose);
        Console.WriteLine(ChaosScenarioText.Of(ChaosScenario.Of(seed)));
        transcript.ForEach(Console.WriteLine);
        Console.WriteLine(complaint is null ? $"seed {seed}: {result}" : $"seed {seed} FAILED: {complaint}");
        return complaint is null ? 0 : 1;
    }

    /// <summary>Runs a range of seeds and tells of those that fail.</summary>
    public static int RunMany(ulong from, int count)
    {
        var watch = Stopwatch.StartNew();
        var gate = new Lock();
        int done = 0, paused = 0, sessions = 0, faults = 0;
        long dispatches = 0;
        var failed = ChaosSeeds.RunAll(from, count, (_, result) =>
        {
            lock (gate)
            {
                done++;
                paused += result?.Status == RunStatus.Paused ? 1 : 0;
                sessions += result?.Sessions ?? 0;
                faults += result?.Faults ?? 0;
                dispatches += result?.Dispatches ?? 0;
                if (done % 5000 == 0)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done} seeds, {done / watch.Elapsed.TotalSeconds:0} per second"));
                }
            }
        });
        foreach (var (seed, complaint) in failed.Take(20))
        {
            Console.WriteLine($"seed {seed} FAILED: {complaint.Split('\n')[0]}");
            Console.WriteLine($"  scripts/simulate.sh --seed {seed} --trace");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seeds {from} to {from + (ulong)count - 1}: {failed.Count} failed; {faults} faults, {sessions} sessions, {dispatches} evaluations handed out, {paused} documented pauses; {done / watch.Elapsed.TotalSeconds:0} seeds per second"));
        return failed.Count == 0 ? 0 : 1;
    }
}

/// <summary>A scenario in a few lines.</summary>
internal static class ChaosScenarioText
{
    public static string Of(ChaosScenario scenario) => string.Create(CultureInfo.InvariantCulture, $"""
        seed {scenario.Seed}: {scenario.Problem}, {scenario.Ensembles} x {scenario.Walkers} walkers, {scenario.Iterations} iterations, {scenario.Mode}
          workers: {string.Join(", ", scenario.Workers)}, {scenario.Slots} slots each; evaluations {scenario.Median} s, sigma {scenario.Sigma}; append {scenario.AppendSeconds} s
          poison: {scenario.Poison}{(scenario.RejectsVerdicts ? " (reject)" : "")}; slot death {scenario.SlotDeath}; disk faults {scenario.DiskFault}; queue limit {scenario.QueueLimit}
          {scenario.FaultCount} faults of: {string.Join(", ", scenario.Faults)}
          {scenario.BadWeather}
        """);
}
