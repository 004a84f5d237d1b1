using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Building;

/// <summary>Checks the settings of a method and of its execution against each other and against the parameters.</summary>
internal sealed class MethodChecks
{
    private readonly IReadOnlyList<Parameter> free;
    private readonly Mistakes mistakes;

    private MethodChecks(IReadOnlyList<Parameter> free, Mistakes mistakes)
    {
        this.free = free;
        this.mistakes = mistakes;
    }

    /// <summary>Checks a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">All parameters of the problem.</param>
    /// <param name="mistakes">Receives the mistakes.</param>
    public static void Check(MethodSpecification method, IReadOnlyList<Parameter> parameters, Mistakes mistakes)
    {
        MethodChecks checks = new([.. parameters.Where(p => p.Role == ParameterRole.Free)], mistakes);
        checks.AtLeast("iterations", method.Iterations, 1);
        checks.AtLeast("ensembles", method.Ensembles, 1);
        checks.CheckStop(method.Stop);
        switch (method)
        {
            case EnsembleSpecification ensemble:
                checks.CheckEnsemble(ensemble);
                break;
            case RandomSearchSpecification search:
                checks.AtLeast("candidates", search.Candidates, 1);
                checks.RequireProperPriors("a random search", "a proper prior or two finite bounds");
                break;
        }
    }

    /// <summary>Checks an execution.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="mistakes">Receives the mistakes.</param>
    public static void Check(ExecutionSpecification execution, Mistakes mistakes)
    {
        if (execution.Slots is < 1)
        {
            mistakes.Add("execution.slots", NumberText.Of(execution.Slots.Value), "a whole number of at least 1");
        }

        if (execution.Timeout is { } timeout && timeout <= TimeSpan.Zero)
        {
            mistakes.Add("execution.timeout", timeout.ToString(), "a positive time such as 30s");
        }

        if (execution.Memory is < 1)
        {
            mistakes.Add("execution.memory", NumberText.Of(execution.Memory.Value), "a positive size such as 512 MiB");
        }

        if (execution.Recycle < 1)
        {
            mistakes.Add("execution.recycle", NumberText.Of(execution.Recycle), "a whole number of at least 1");
        }

        if (execution.Isolation == IsolationKind.Thread && execution.NeedsProcesses)
        {
            mistakes.Add(
                "execution.isolation",
                $"thread together with {(execution.Timeout is not null ? "a timeout" : "a memory limit")}",
                "process, or no limit: a thread cannot be stopped");
        }

        if (execution.Scheduling == SchedulingKind.Kernel && execution.Cache)
        {
            mistakes.Add("execution.scheduling", "kernel together with a cache", "auto, dataflow or barrier: the kernel is for models that are faster than a cache");
        }

        if (execution.Scheduling == SchedulingKind.Kernel && execution.NeedsProcesses)
        {
            mistakes.Add("execution.scheduling", "kernel together with slots that are processes", "dataflow or barrier: the kernel evaluates within its own process");
        }
    }

    private void CheckEnsemble(EnsembleSpecification ensemble)
    {
        AtLeast("thin", ensemble.Thin, 1);
        int walkers = ensemble.WalkersFor(free.Count);
        int fewest = Math.Max(4, 2 * free.Count);
        if (walkers < fewest)
        {
            mistakes.Add("method.walkers", NumberText.Of(walkers), $"at least {fewest}: twice the number of free parameters, and 4");
        }

        if (ensemble.WarmUp is { } warmUp && (warmUp < 0 || warmUp >= ensemble.Iterations))
        {
            mistakes.Add("method.warm_up", NumberText.Of(warmUp), $"a whole number from 0 to below the {ensemble.Iterations} iterations");
        }

        if (ensemble.Moves.Count == 0)
        {
            mistakes.Add("method.moves", "no moves", "at least one move");
        }

        for (int i = 0; i < ensemble.Moves.Count; i++)
        {
            CheckMove(ensemble.Moves[i], $"method.moves[{i}]");
        }

        CheckInitial(ensemble.Initial, walkers);
    }

    private void CheckMove(MoveSpecification move, string path)
    {
        Require(move.Weight > 0 && double.IsFinite(move.Weight), $"{path}.weight", move.Weight, "a positive number");
        Require(move.Scale is null or (> 1 and < double.PositiveInfinity), $"{path}.scale", move.Scale ?? 0, "a number above 1");
        Require(move.Gamma is null or (> 0 and < double.PositiveInfinity), $"{path}.gamma", move.Gamma ?? 0, "a positive number");
        Require(move.Sigma is null or (>= 0 and < double.PositiveInfinity), $"{path}.sigma", move.Sigma ?? 0, "a number of at least 0");
        Require(move.Helpers is null or >= 2, $"{path}.helpers", move.Helpers ?? 0, "a whole number of at least 2");
        Require(move.Bandwidth is null or (> 0 and < double.PositiveInfinity), $"{path}.bandwidth", move.Bandwidth ?? 0, "a positive number");
    }

    private void CheckInitial(InitialSpecification initial, int needed)
    {
        switch (initial)
        {
            case InitialFromPrior:
                RequireProperPriors("a start from the prior", "a proper prior, two finite bounds, or method.initial with a ball");
                break;
            case InitialBall ball:
                CheckBall(ball);
                break;
            case InitialFromFile file when file.Points.Count < needed:
                mistakes.Add("method.initial.file", $"{file.Points.Count} points", $"at least {needed}, one per walker");
                break;
            case InitialBestFit fit:
                Require(fit.Radius > 0 && double.IsFinite(fit.Radius), "method.initial.best_fit.radius", fit.Radius, "a positive number");
                RequireProperPriors("a best fit", "a proper prior, two finite bounds, or method.initial with a ball");
                break;
        }
    }

    private void CheckBall(InitialBall ball)
    {
        const string path = "method.initial.ball";
        Require(ball.Radius > 0 && double.IsFinite(ball.Radius), $"{path}.radius", ball.Radius, "a positive number");
        string[] names = [.. free.Select(p => p.Name)];
        foreach ((string key, IReadOnlyDictionary<string, double> values) in ((string, IReadOnlyDictionary<string, double>)[])
            [("center", ball.Center), ("radii", ball.Radii)])
        {
            foreach (string name in values.Keys.Where(n => !names.Contains(n, StringComparer.Ordinal)))
            {
                mistakes.Add($"{path}.{key}.{name}", $"'{name}'", $"a free parameter: {string.Join(", ", names)}", Suggestion.Nearest(name, names));
            }
        }

        foreach ((string name, double radius) in ball.Radii)
        {
            Require(radius > 0 && double.IsFinite(radius), $"{path}.radii.{name}", radius, "a positive number");
        }

        foreach (Parameter parameter in free)
        {
            if (!ball.Center.TryGetValue(parameter.Name, out double center))
            {
                if (IsImproper(parameter))
                {
                    mistakes.Add($"{path}.center", $"no value for '{parameter.Name}', whose prior is flat", "a center for every parameter with a flat prior");
                }
            }
            else if (!parameter.Bounds.Contains(center) || parameter.Prior?.Support.Contains(center) == false)
            {
                mistakes.Add($"{path}.center.{parameter.Name}", NumberText.Of(center), $"a value that the prior and the bounds of '{parameter.Name}' allow");
            }
        }
    }

    private void CheckStop(StopSpecification stop)
    {
        Require(stop.EffectiveSampleSize is null or (> 0 and < double.PositiveInfinity), "method.stop.ess", stop.EffectiveSampleSize ?? 0, "a positive number");
        Require(stop.RHat is null or (> 1 and < double.PositiveInfinity), "method.stop.rhat", stop.RHat ?? 0, "a number above 1, such as 1.01");
        Require(stop.WallTime is null || stop.WallTime > TimeSpan.Zero, "method.stop.wall_time", stop.WallTime?.TotalSeconds ?? 0, "a positive time such as 10 min");
    }

    private void RequireProperPriors(string what, string expected)
    {
        foreach (Parameter improper in free.Where(IsImproper))
        {
            mistakes.Add($"parameters.{improper.Name}.prior", $"a flat prior, from which {what} cannot be drawn", expected);
        }
    }

    private static bool IsImproper(Parameter parameter) =>
        parameter.Prior is null or Flat && !(double.IsFinite(parameter.Bounds.Lower) && double.IsFinite(parameter.Bounds.Upper));

    private void AtLeast(string key, int value, int least) =>
        Require(value >= least, $"method.{key}", value, $"a whole number of at least {least}");

    private void Require(bool holds, string path, double found, string expected)
    {
        if (!holds)
        {
            mistakes.Add(path, NumberText.Of(found), expected);
        }
    }
}
