using Calibrate.Problems.Models;
using Calibrate.Runtime.Slots;

namespace Calibrate.Reports.Predictive;

/// <summary>How many draws to predict observations from, and what that may cost.</summary>
public sealed record PredictiveSettings
{
    /// <summary>Draws when nobody says how many: quantiles of 5 % and 95 % then rest on ten draws beyond each.</summary>
    public const int DefaultDraws = 200;

    /// <summary>How many draws K, spread evenly over all chains (<see cref="EvenDraws"/>).</summary>
    public int Draws { get; init; } = DefaultDraws;

    /// <summary>No further evaluation of the model is begun after this long; those made until then are the sample.</summary>
    public TimeSpan TimeBudget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Evaluations at a time; null for the problem's slots, or one per core.</summary>
    public int? Slots { get; init; }

    /// <summary>The models that the problem's file can name: needed to evaluate models that run in processes of their own.</summary>
    public IModelCatalog? Models { get; init; }

    /// <summary>The program of such processes; null for this process's own.</summary>
    public SlotProgram? SlotProgram { get; init; }

    /// <summary>Time for the budget.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
