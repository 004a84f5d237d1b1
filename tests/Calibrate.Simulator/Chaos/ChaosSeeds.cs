using System.Collections.Concurrent;

namespace Calibrate.Simulator.Chaos;

/// <summary>Many simulations, one per seed, on all cores.</summary>
public static class ChaosSeeds
{
    /// <summary>Runs one seed.</summary>
    /// <returns>The complaint of the first thing that did not hold, or null; and what the simulation did.</returns>
    public static (string? Complaint, ChaosResult? Result) Run(
        ulong seed, List<string>? transcript = null, bool verbose = false, ChaosMutation mutation = ChaosMutation.None)
    {
        var scenario = ChaosScenario.Of(seed);
        try
        {
            return (null, new ChaosWorld(scenario, transcript, verbose, mutation).Simulate());
        }
        catch (ChaosFailedException exception)
        {
            return (exception.Message, null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever the real code throws in a simulation it throws in production.
            return ($"{exception.GetType().Name}: {exception.Message}\n{exception.StackTrace}", null);
        }
    }

    /// <summary>Runs a range of seeds.</summary>
    /// <param name="from">The first seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="done">Told of every seed, by several threads at once.</param>
    /// <returns>The seeds that failed, with their complaints.</returns>
    public static IReadOnlyList<(ulong Seed, string Complaint)> RunAll(ulong from, int count, Action<ulong, ChaosResult?>? done = null)
    {
        ConcurrentBag<(ulong Seed, string Complaint)> failed = [];
        Parallel.For(0, count, index =>
        {
            var seed = from + (ulong)index;
            var (complaint, result) = Run(seed);
            if (complaint is not null)
            {
                failed.Add((seed, complaint));
            }

            done?.Invoke(seed, result);
        });
        return [.. failed.OrderBy(failure => failure.Seed)];
    }
}
