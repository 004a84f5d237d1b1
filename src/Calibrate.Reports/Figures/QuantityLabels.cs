using Calibrate.Problems;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Figures;

/// <summary>What to call the quantities of a problem.</summary>
public static class QuantityLabels
{
    /// <summary>Label and unit of a quantity; its name and null when the problem does not say.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="name">A parameter, a derived quantity, a recorded output, or <see cref="RunReader.LogPosterior"/>.</param>
    public static (string Label, string? Unit) Of(Problem problem, string name)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Parameters.FirstOrDefault(parameter => parameter.Name == name) is { } parameter)
        {
            return (parameter.Label ?? name, parameter.Unit);
        }

        return problem.Derived.Quantities.FirstOrDefault(quantity => quantity.Name == name) is { } derived
            ? (derived.Label ?? name, derived.Unit)
            : (name == RunReader.LogPosterior ? "log posterior" : name, null);
    }
}
