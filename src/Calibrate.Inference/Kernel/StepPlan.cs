namespace Calibrate.Inference.Kernel;

/// <summary>One walker's step before anything is evaluated: all that its random numbers decide.</summary>
/// <param name="Walker">Index of the moving walker.</param>
/// <param name="Helper">Index of the walker it is stretched along.</param>
/// <param name="StretchUniform">Uniform that the stretch factor is made of.</param>
/// <param name="AcceptanceUniform">Uniform that decides about acceptance.</param>
internal readonly record struct StepPlan(int Walker, int Helper, double StretchUniform, double AcceptanceUniform);
