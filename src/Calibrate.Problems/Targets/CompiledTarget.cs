using Calibrate.Problems.Expressions;

namespace Calibrate.Problems.Targets;

/// <summary>A target reduced to what evaluating it needs. Immutable, shared by all slots.</summary>
internal sealed class CompiledTarget
{
    /// <summary>The target as it was defined.</summary>
    public required Target Definition { get; init; }

    /// <summary>Index of each compared value among all output values of the model.</summary>
    public required int[] Rows { get; init; }

    /// <summary>Indexes of the reference period among all output values of the model; empty without a reference.</summary>
    public required int[] ReferenceRows { get; init; }

    /// <summary>The compared data, less their mean over the reference period.</summary>
    public required double[] Data { get; init; }

    /// <summary>Variances with everything constant in them; zero where only a varying extra sigma gives the uncertainty.</summary>
    public required double[] Variances { get; init; }

    /// <summary>The covariance with everything constant in it; null for independent values.</summary>
    public double[,]? Covariance { get; init; }

    /// <summary>A factor on each value's log likelihood, the target's own included; null when all are one.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The factor on the model's output.</summary>
    public required Quantity Scale { get; init; }

    /// <summary>The extra standard deviation; zero when it is constant, because the variances then hold it.</summary>
    public required Quantity ExtraSigma { get; init; }

    /// <summary>The factor on all variances; one when it is constant and the variances could take it in.</summary>
    public required Quantity CovarianceScale { get; init; }

    /// <summary>Whether the variances depend on parameters.</summary>
    public bool HasVaryingVariance => !ExtraSigma.IsConstant || !CovarianceScale.IsConstant;
}

/// <summary>A number, or an expression of natural parameters.</summary>
internal readonly record struct Quantity(double Number, BoundExpression? Expression = null)
{
    public bool IsConstant => Expression is null;

    public double At(ReadOnlySpan<double> natural, int count, int point) =>
        Expression is null ? Number : Expression.Evaluate(natural, count, point);
}
