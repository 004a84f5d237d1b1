namespace Calibrate.Inference.States;

/// <summary>The sizes that decide how the state of an ensemble is laid out.</summary>
/// <param name="Walkers">Walkers of the ensemble.</param>
/// <param name="Dimension">Sampled parameters.</param>
/// <param name="NaturalDimension">Parameters that the model receives.</param>
/// <param name="RecordedCount">Recorded model outputs per draw.</param>
/// <param name="Thin">Every how many iterations a row is kept.</param>
internal readonly record struct EnsembleShape(int Walkers, int Dimension, int NaturalDimension, int RecordedCount, int Thin);
