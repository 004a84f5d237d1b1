namespace Calibrate.Runtime.Reading;

/// <summary>Where a draw stands among those that a <see cref="RunReader"/> reads.</summary>
/// <param name="Chain">Its chain, ensemble-major, from 0.</param>
/// <param name="Draw">Its number within the chain, from 0 right after the warm-up.</param>
public readonly record struct DrawPlace(int Chain, int Draw);
