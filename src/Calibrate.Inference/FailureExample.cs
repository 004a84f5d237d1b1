namespace Calibrate.Inference;

/// <summary>One failed evaluation, kept so that the user can repeat it.</summary>
/// <param name="Id">The evaluation.</param>
/// <param name="Kind">Name of the failure's kind, as counted in <see cref="Block.FailuresByKind"/>.</param>
/// <param name="Parameters">The model's parameters in natural space, in the model's order.</param>
/// <param name="Message">What the model said.</param>
public sealed record FailureExample(EvaluationId Id, string Kind, double[] Parameters, string Message);
