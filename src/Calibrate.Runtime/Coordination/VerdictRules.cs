using System.Globalization;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;

namespace Calibrate.Runtime.Coordination;

/// <summary>What a coordinator does about evaluations that exceed a limit, and how it says so. Not part of the chain.</summary>
public sealed record VerdictRules
{
    /// <summary>The run pauses; no limits.</summary>
    public static VerdictRules Default { get; } = new();

    /// <summary>Whether the run pauses or the evaluation is rejected.</summary>
    public VerdictPolicy Policy { get; init; } = VerdictPolicy.Pause;

    /// <summary>Longest time of one evaluation; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Most memory of one evaluation in bytes; null for no limit.</summary>
    public long? Memory { get; init; }

    /// <summary>Names of the model's parameters, in the model's order; empty when they are not known.</summary>
    public IReadOnlyList<string> ParameterNames { get; init; } = [];

    /// <summary>The rules of a problem.</summary>
    /// <param name="problem">The problem.</param>
    public static VerdictRules Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var execution = problem.Execution;
        return new VerdictRules
        {
            Policy = execution.Verdicts,
            Timeout = execution.Timeout,
            Memory = execution.Memory,
            ParameterNames = [.. problem.NaturalNames],
        };
    }

    /// <summary>Why a run pauses over a verdict, and what its user can do.</summary>
    /// <param name="verdict">The verdict.</param>
    public string Explain(VerdictReached verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var (what, remedy) = verdict.Kind switch
        {
            ResourceKind.Time => (
                Timeout is { } timeout ? Text($"exceeded its time limit of {timeout.TotalSeconds} s") : "exceeded its time limit", "raise execution.timeout"),
            ResourceKind.Memory => (
                Memory is { } memory ? Text($"exceeded its memory limit of {memory / 1048576.0:0.#} MiB") : "exceeded its memory limit", "raise execution.memory"),
            _ => ("crashed whoever evaluated it", "mend the model"),
        };
        var id = verdict.Id;
        return Text($"Ensemble {id.Ensemble}, iteration {id.Iteration}, walker {id.Walker} {what}: {verdict.Message.TrimEnd('.')}. Parameters: {Describe(verdict.Parameters)}. ")
            + $"To go on, {remedy} and resume: it is tried again. Or set execution.verdicts: reject to count such points as impossible, which biases the posterior if the model is only slow there.";
    }

    /// <summary>Why a run pauses when two workers disagree.</summary>
    /// <param name="found">The disagreement.</param>
    public string Explain(DisagreementFound found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var id = found.Id;
        return Text($"Two workers computed different results for ensemble {id.Ensemble}, iteration {id.Iteration}, walker {id.Walker}: ")
            + $"{found.FirstWorker} has {Describe(found.First)}, {found.SecondWorker} has {Describe(found.Second)}. Parameters: {Describe(found.Parameters)}. "
            + "One of them is wrong, or the model is not deterministic: what they evaluated before may be wrong as well. Find out which, stop that worker, and start the run again under a new name; resume only if the model is meant to vary.";
    }

    internal string Describe(double[] parameters) => string.Join(
        ", ",
        parameters.Select((value, i) => i < ParameterNames.Count ? Text($"{ParameterNames[i]} = {value:R}") : Text($"{value:R}")));

    internal static string Describe(EvaluationOutcome outcome) => outcome switch
    {
        Evaluated evaluated => Text($"log likelihood {evaluated.LogLikelihood:R}")
            + (evaluated.Recorded.Length == 0 ? "" : Text($" with {evaluated.Recorded.Length} recorded outputs")),
        ModelFailed failed => $"the failure {failed.Kind} ({failed.Message})",
        ResourceExceeded exceeded => $"a limit exceeded ({exceeded.Kind}: {exceeded.Message})",
        _ => outcome.GetType().Name,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
