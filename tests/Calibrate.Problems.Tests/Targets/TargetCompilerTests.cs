using Calibrate.Problems.Targets;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Targets;

public class TargetCompilerTests
{
    [Fact]
    public void Values_are_found_on_the_models_axis()
    {
        CompiledTarget target = Compile(new Target("t", "y") { Times = [2001, 2003, 2010], Values = [1, 2, 3], Sigmas = [1, 1, 1] });
        Assert.Equal([1, 3, 10], target.Rows);
        Assert.Empty(target.ReferenceRows);
    }

    [Fact]
    public void A_scalar_stands_after_the_outputs_before_it() =>
        Assert.Equal([11], Compile(new Target("t", "total") { Values = [1], Sigmas = [1] }).Rows);

    [Fact]
    public void Rounding_of_times_is_forgiven() =>
        Assert.Equal([1], Compile(new Target("t", "y") { Times = [2001.0000000001], Values = [1], Sigmas = [1] }).Rows);

    [Fact]
    public void The_reference_may_lie_outside_of_what_is_compared()
    {
        CompiledTarget target = Compile(new Target("t", "y")
        {
            Times = [2000, 2001, 2002, 2003],
            Values = [4, 8, 1, 2],
            Sigmas = [0, 0, 1, 1],
            Range = new(2002, 2003),
            Reference = new(2000, 2001),
        });
        Assert.Equal([0, 1], target.ReferenceRows);
        Assert.Equal([1.0 - 6, 2.0 - 6], target.Data);
    }

    [Fact]
    public void Masked_and_unused_values_may_be_missing()
    {
        CompiledTarget target = Compile(new Target("t", "y")
        {
            Times = [1990, 2001, 2002, 2003],
            Values = [double.NaN, 1, double.NaN, 3],
            Sigmas = [double.NaN, 1, 0, 1],
            Range = new(2000, 2010),
            Mask = [new(2002, 2002)],
        });
        Assert.Equal([1, 3], target.Rows);
    }

    [Fact]
    public void A_covariance_loses_the_rows_that_are_left_out()
    {
        CompiledTarget target = Compile(new Target("t", "y")
        {
            Times = [2001, 2002, 2003],
            Values = [1, 2, 3],
            Covariance = [[1, 0.1, 0.2], [0.1, 2, 0.3], [0.2, 0.3, 3]],
            Mask = [new(2002, 2002)],
        });
        Assert.Equal(new double[,] { { 1, 0.2 }, { 0.2, 3 } }, target.Covariance);
    }

    [Fact]
    public void Constant_errors_are_folded_and_varying_ones_kept()
    {
        Target target = new("t", "y") { Times = [2001], Values = [2], Sigmas = [3], ExtraSigma = "4", CovarianceScale = "2" };
        CompiledTarget constant = Compile(target);
        Assert.Equal([50.0], constant.Variances);
        Assert.False(constant.HasVaryingVariance);
        CompiledTarget varying = Compile(target with { ExtraSigma = "slope" });
        Assert.Equal([9.0], varying.Variances);
        Assert.True(varying.HasVaryingVariance);
    }

    private static CompiledTarget Compile(Target target)
    {
        Mistakes mistakes = new();
        CompiledTarget? compiled = TargetCompiler.Compile(target, LineModel.LineSignature, ["slope", "intercept"], mistakes);
        Assert.Empty(mistakes.Errors);
        return compiled!;
    }
}
