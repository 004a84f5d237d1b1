namespace Calibrate.Inference.Initialisation;

/// <summary>Where walkers start. Pure: the position depends on the arguments alone.</summary>
internal interface IInitialPositions
{
    /// <summary>What the positions are drawn from, as it reads in a message: <c>the prior</c>.</summary>
    string Source { get; }

    /// <summary>Why no ensemble can be drawn at all; null if it can.</summary>
    string? Refusal { get; }

    /// <summary>Draws an initial position in sampled space.</summary>
    /// <param name="ensemble">Index of the ensemble.</param>
    /// <param name="walker">Index of the walker.</param>
    /// <param name="attempt">Number of the attempt, from 0.</param>
    /// <param name="position">Receives the position. It may lie outside the prior's support.</param>
    /// <returns>False if there is no such attempt.</returns>
    bool TryDraw(int ensemble, int walker, int attempt, Span<double> position);
}
