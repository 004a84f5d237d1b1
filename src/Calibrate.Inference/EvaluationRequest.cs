namespace Calibrate.Inference;

/// <summary>One evaluation that a method is waiting for.</summary>
/// <param name="Id">What is evaluated.</param>
/// <param name="Parameters">
/// The model's parameters in natural space, in the model's order. Inside the prior's support: the prior was checked before.
/// The receiver must not change them.
/// </param>
public sealed record EvaluationRequest(EvaluationId Id, double[] Parameters);
