using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Expressions;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Targets;

/// <summary>Turns a target's definition into what evaluation needs, or says what is wrong with it.</summary>
internal static class TargetCompiler
{
    /// <summary>Compiles a target; null when there are mistakes.</summary>
    /// <param name="target">The definition.</param>
    /// <param name="signature">The model's signature.</param>
    /// <param name="naturalNames">The natural parameters that expressions may use.</param>
    /// <param name="mistakes">Receives the mistakes.</param>
    public static CompiledTarget? Compile(
        Target target, ModelSignature signature, IReadOnlyList<string> naturalNames, Mistakes mistakes)
    {
        string path = $"targets.{target.Name}";
        Quantity scale = Parse(target.Scale, 1, $"{path}.scale", naturalNames, mistakes);
        Quantity extra = Parse(target.ExtraSigma, 0, $"{path}.extra_sigma", naturalNames, mistakes);
        Quantity factor = Parse(target.CovarianceScale, 1, $"{path}.covariance_scale", naturalNames, mistakes);
        CheckNumbers(target, path, extra, factor, mistakes);
        int output = FindOutput(target, signature, mistakes);
        if (mistakes.Has(path) || TargetSelection.Of(target, signature.Outputs[output], path, mistakes) is not { } selection)
        {
            return null;
        }

        double[] variances = Variances(target, selection, extra, path, mistakes);
        selection.Report(mistakes);
        int offset = signature.OffsetOf(output);
        double reference = selection.Reference.Length == 0 ? 0 : selection.Reference.Average(i => target.Values[i]);
        bool foldScale = factor.IsConstant && extra.IsConstant;
        if (mistakes.Has(path))
        {
            return null;
        }

        double constantFactor = foldScale ? factor.Number : 1;
        return new CompiledTarget
        {
            Definition = target,
            Rows = Array.ConvertAll(selection.Used, i => offset + selection.AxisPositions[i]),
            ReferenceRows = Array.ConvertAll(selection.Reference, i => offset + selection.AxisPositions[i]),
            Data = Array.ConvertAll(selection.Used, i => target.Values[i] - reference),
            Variances = Array.ConvertAll(variances, v => v * constantFactor),
            Covariance = Covariance(target, selection, extra, constantFactor, path, mistakes),
            Weights = Weights(target, selection),
            Scale = scale,
            ExtraSigma = extra.IsConstant ? new Quantity(0) : extra,
            CovarianceScale = foldScale ? new Quantity(1) : factor,
        };
    }

    private static int FindOutput(Target target, ModelSignature signature, Mistakes mistakes)
    {
        int index = signature.IndexOfOutput(target.Output);
        if (target.Output.Length == 0)
        {
            mistakes.Add($"targets.{target.Name}", "no output", "the model output that was observed");
        }
        else if (index < 0)
        {
            string[] outputs = [.. signature.Outputs.Select(o => o.Name)];
            mistakes.Add(
                $"targets.{target.Name}.output",
                $"'{target.Output}'",
                $"an output of the model: {string.Join(", ", outputs)}",
                Suggestion.Nearest(target.Output, outputs));
        }

        return index;
    }

    private static Quantity Parse(
        string? text, double fallback, string path, IReadOnlyList<string> naturalNames, Mistakes mistakes)
    {
        if (text is null)
        {
            return new Quantity(fallback);
        }

        try
        {
            Expression expression = Expression.Parse(text);
            BoundExpression bound = expression.Bind(naturalNames);
            if (!expression.IsConstant)
            {
                return new Quantity(double.NaN, bound);
            }

            double value = bound.Evaluate([]);
            if (double.IsFinite(value))
            {
                return new Quantity(value);
            }

            mistakes.Add(path, $"'{text}', which is not finite", "a finite number or an expression of parameters");
        }
        catch (ExpressionException mistake)
        {
            mistakes.Add(path, mistake);
        }

        return new Quantity(fallback);
    }

    private static void CheckNumbers(Target target, string path, Quantity extra, Quantity factor, Mistakes mistakes)
    {
        Require(extra is not { IsConstant: true, Number: < 0 }, "extra_sigma", extra.Number, "a number of at least 0");
        Require(factor is not { IsConstant: true, Number: <= 0 }, "covariance_scale", factor.Number, "a positive number");
        Require(target.RelativeError >= 0 && double.IsFinite(target.RelativeError), "relative_error", target.RelativeError, "a finite number of at least 0");
        Require(target.MinimumSigma >= 0 && double.IsFinite(target.MinimumSigma), "minimum_sigma", target.MinimumSigma, "a finite number of at least 0");
        Require(target.Weight >= 0 && double.IsFinite(target.Weight), "weight", target.Weight, "a finite number of at least 0");
        Require(target.StudentNu is null or > 0, "likelihood", target.StudentNu ?? 0, "positive degrees of freedom");
        if (target.Covariance is null)
        {
            return;
        }

        foreach ((bool given, string key) in ((bool, string)[])
        [
            (target.Sigmas is not null, "sigmas"),
            (target.RelativeError > 0, "relative_error"),
            (target.MinimumSigma > 0, "minimum_sigma"),
            (target.Weights is not null, "weights"),
            (target.StudentNu is not null, "likelihood"),
        ])
        {
            if (given)
            {
                mistakes.Add($"{path}.{key}", $"{key} beside a covariance", "one or the other: the covariance holds all uncertainty");
            }
        }

        void Require(bool holds, string key, double found, string expected)
        {
            if (!holds)
            {
                mistakes.Add($"{path}.{key}", NumberText.Of(found), expected);
            }
        }
    }

    private static double[] Variances(Target target, TargetSelection selection, Quantity extra, string path, Mistakes mistakes)
    {
        if (target.Covariance is not null)
        {
            return [];
        }

        bool hasOther = !extra.IsConstant || extra.Number > 0 || target.MinimumSigma > 0;
        if (target.Sigmas is null && target.RelativeError == 0 && !hasOther)
        {
            mistakes.Add(path, "no uncertainty", "sigma, lower and upper, relative_error, extra_sigma or covariance");
        }

        double constantExtra = extra.IsConstant ? extra.Number * extra.Number : 0;
        return Array.ConvertAll(selection.Used, i =>
        {
            double sigma = target.Sigmas?[i] ?? 0;
            if (target.Sigmas is not null && !(sigma > 0 && double.IsFinite(sigma)) && !(sigma == 0 && target.MinimumSigma > 0))
            {
                selection.Reject(
                    "sigmas", i, double.IsNaN(sigma) ? "a missing sigma" : $"sigma {NumberText.Of(sigma)}", "a positive number, or minimum_sigma");
            }

            double relative = target.RelativeError * Math.Abs(target.Values[i]);
            double variance = (sigma * sigma) + (relative * relative);
            if (target.Sigmas is null && !hasOther && variance == 0 && target.RelativeError > 0)
            {
                selection.Reject("values", i, "value 0, whose relative error is 0", "minimum_sigma or extra_sigma beside relative_error");
            }

            return Math.Max(variance, target.MinimumSigma * target.MinimumSigma) + constantExtra;
        });
    }

    private static double[,]? Covariance(
        Target target, TargetSelection selection, Quantity extra, double factor, string path, Mistakes mistakes)
    {
        if (target.Covariance is null)
        {
            return null;
        }

        int[] used = selection.Used;
        double constantExtra = extra.IsConstant ? extra.Number * extra.Number : 0;
        double[,] matrix = new double[used.Length, used.Length];
        for (int i = 0; i < used.Length; i++)
        {
            for (int j = 0; j < used.Length; j++)
            {
                matrix[i, j] = factor * (target.Covariance[used[i]][used[j]] + (i == j ? constantExtra : 0));
            }
        }

        try
        {
            CholeskyFactor.Of(matrix, "covariance");
        }
        catch (ArgumentException exception)
        {
            mistakes.Add($"{path}.covariance", $"an unusable matrix ({exception.Message})", "a symmetric positive definite matrix");
        }

        return matrix;
    }

    private static double[]? Weights(Target target, TargetSelection selection) => target.Weights is null && target.Weight == 1
        ? null
        : Array.ConvertAll(selection.Used, i => target.Weight * (target.Weights?[i] ?? 1));
}
