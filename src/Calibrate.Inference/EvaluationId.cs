namespace Calibrate.Inference;

/// <summary>
/// Names one evaluation of one run for ever: whoever evaluates it, whenever and however often, it is the same parameter vector.
/// </summary>
/// <param name="Ensemble">Index of the ensemble, from 0.</param>
/// <param name="Iteration">Iteration of the ensemble; 0 is the initial ensemble.</param>
/// <param name="Walker">Index of the walker within its ensemble, from 0.</param>
/// <param name="Attempt">Redraw of an initial position, from 0; always 0 after iteration 0.</param>
public readonly record struct EvaluationId(int Ensemble, int Iteration, int Walker, int Attempt);
