using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Reports.Figures;

/// <summary>The draws of one quantity with what figures say about it.</summary>
/// <param name="Name">Its name in the problem.</param>
/// <param name="Label">What people call it; the name when the problem does not say.</param>
/// <param name="Unit">Its unit; null when the problem does not say.</param>
/// <param name="Draws">Draws after the warm-up; a chain is a walker, ensemble-major.</param>
public sealed record QuantityDraws(string Name, string Label, string? Unit, DrawMatrix Draws)
{
    /// <summary>Independent ensembles; divides the number of chains.</summary>
    public required int Ensembles { get; init; }

    /// <summary>Iteration of the first draw.</summary>
    public required int FirstIteration { get; init; }

    /// <summary>Iterations from one draw to the next.</summary>
    public required int Thin { get; init; }

    /// <summary>Walkers of an ensemble.</summary>
    public int Walkers => Draws.Chains / Ensembles;

    /// <summary>Label and unit for an axis.</summary>
    internal string AxisTitle => PlotlyText.Labelled(Label, Unit);
}
