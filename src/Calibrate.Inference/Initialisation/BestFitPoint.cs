namespace Calibrate.Inference.Initialisation;

/// <summary>What <see cref="BestFit.Find"/> found.</summary>
/// <param name="Position">The point, in sampled space.</param>
/// <param name="LogPosterior">Log likelihood plus log prior there.</param>
/// <param name="Evaluations">Evaluations of the likelihood that it took.</param>
public sealed record BestFitPoint(double[] Position, double LogPosterior, int Evaluations);
