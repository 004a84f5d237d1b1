using System.Globalization;

namespace Calibrate.Inference;

/// <summary>The messages with which an ensemble refuses to start or to go on: where, what was found, what to do.</summary>
internal static class RefusalTexts
{
    internal static string InfiniteLikelihood(EvaluationId id, ReadOnlySpan<double> parameters, string message) =>
        $"{Place(id)}: {message} No posterior has an infinite likelihood: check the model and the uncertainties of the data at the parameters "
        + $"({List(parameters)}).";

    internal static string NoInitialPosition(int ensemble, int walker, int attempts, string source, string lastReason) =>
        string.Create(CultureInfo.InvariantCulture, $"Ensemble {ensemble}, walker {walker}: none of {attempts} initial positions drawn from {source} has a finite posterior ({lastReason}). ")
        + "Check that the model works where the prior allows it, or start from a ball around a point that is known to work.";

    internal static string OddWalkers(int walkers) =>
        string.Create(CultureInfo.InvariantCulture, $"The ensemble has {walkers} walkers; it moves in halves and needs an even number. Use {walkers + 1}.");

    internal static string FewWalkers(int walkers, int dimension) => string.Create(
        CultureInfo.InvariantCulture,
        $"The ensemble has {walkers} walkers for {dimension} parameters; with fewer than twice the number of parameters it cannot leave a subspace. Use at least {2 * dimension}, better {4 * dimension}.");

    internal static string FewHelpers(string move, int walkers, int complement, int needed) => string.Create(
        CultureInfo.InvariantCulture,
        $"The move '{move}' needs {needed} walkers besides those that move at a time; with {walkers} walkers there are {complement}. Use more walkers or another move.");

    internal static string DegenerateStart(int ensemble, double condition) => string.Create(
        CultureInfo.InvariantCulture,
        $"Ensemble {ensemble} starts in a subspace: the condition number of its initial positions is {condition:0.0e+0}, the limit is 1e8. ")
        + "The moves cannot leave a subspace. Start from independent positions: draw from the prior, or from a ball with a radius that suits every parameter.";

    internal static string ConstantParameter(int ensemble, string parameter) =>
        string.Create(CultureInfo.InvariantCulture, $"Ensemble {ensemble} starts with the same value of '{parameter}' in every walker; it would never change. ")
        + "Start from positions that differ, or fix the parameter.";

    internal static string PriorCannotBeSampled() =>
        "The initial ensemble cannot be drawn from the prior, because a parameter has a flat prior without two finite bounds. "
        + "Give it a prior that can be sampled or bounds, or start from a ball, a file or the best fit.";

    internal static string PriorCannotBeSearched() =>
        "A search draws its candidates from the prior, but a parameter has a flat prior without two finite bounds. "
        + "Give it a prior that can be sampled, or bounds.";

    internal static string List(ReadOnlySpan<double> parameters)
    {
        string[] texts = new string[parameters.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = parameters[i].ToString(CultureInfo.InvariantCulture);
        }

        return string.Join(", ", texts);
    }

    private static string Place(EvaluationId id) =>
        string.Create(CultureInfo.InvariantCulture, $"Ensemble {id.Ensemble}, iteration {id.Iteration}, walker {id.Walker}");
}
