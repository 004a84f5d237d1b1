using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Targets;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Targets;

/// <summary>
/// Known answers, computed by hand. The line y = 1 + 2 (t - 2000) is 1, 3, 5 at 2000, 2001, 2002; the data are 1.5, 2.5, 6, so
/// the residuals are -0.5, 0.5, -1.
/// </summary>
public class TargetTermTests
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private static readonly Target Base = new("t", "y") { Times = [2000, 2001, 2002], Values = [1.5, 2.5, 6], Sigmas = [1, 0.5, 2] };

    [Fact]
    public void Gaussian() => AssertLogLikelihood(
        Normal(-0.5, 1) + Normal(0.5, 0.5) + Normal(-1, 2), Base);

    [Fact]
    public void Gaussian_with_everything_constant() => AssertLogLikelihood(
        2 * (Normal(-0.5, Math.Sqrt(3 * (1 + 0.25 + (0.0225 * 2.25)))) + Normal(-1, Math.Sqrt(3 * (4 + 0.25 + (0.0225 * 36))))),
        Base with { RelativeError = 0.15, ExtraSigma = "0.5", CovarianceScale = "3", Weight = 2, Mask = [new(2001, 2001)] });

    [Fact]
    public void Minimum_sigma_lifts_small_ones() => AssertLogLikelihood(
        Normal(-0.5, 1) + Normal(0.5, 0.75) + Normal(-1, 2), Base with { MinimumSigma = 0.75 });

    [Fact]
    public void Scale_converts_the_model() => AssertLogLikelihood(
        Normal((0.5 * 1) - 1.5, 1) + Normal((0.5 * 3) - 2.5, 0.5) + Normal((0.5 * 5) - 6, 2), Base with { Scale = "1 / 2" });

    [Fact]
    public void A_reference_period_makes_anomalies_of_both() => AssertLogLikelihood(
        Normal((5 - 2) - (6 - 2), 2), Base with { Reference = new(2000, 2001), Range = new(2002, 2002) });

    [Fact]
    public void A_reference_year_is_an_offset() => AssertLogLikelihood(
        Normal((3 - 1) - (2.5 - 1.5), 0.5) + Normal((5 - 1) - (6 - 1.5), 2), Base with { Reference = new(2000, 2000), Range = new(2001, double.PositiveInfinity) });

    [Fact]
    public void Weights_scale_single_values() => AssertLogLikelihood(
        Normal(-0.5, 1) + (0.5 * Normal(-1, 2)), Base with { Weights = [1, 0, 0.5] });

    [Fact]
    public void A_scalar_output_needs_no_time() => AssertLogLikelihood(
        Normal(121 - 120, 3), new Target("t", "total") { Values = [120], Sigmas = [3] });

    [Fact]
    public void Errors_may_depend_on_parameters() => AssertLogLikelihood(
        Normal(-0.5, Math.Sqrt(2 * (1 + 9))) + Normal(0.5, Math.Sqrt(2 * (0.25 + 9))) + Normal(-1, Math.Sqrt(2 * (4 + 9))),
        Base with { ExtraSigma = "intercept + 2", CovarianceScale = "slope" });

    [Fact]
    public void A_constant_factor_and_a_varying_sigma() => AssertLogLikelihood(
        Normal(-0.5, Math.Sqrt(3 * (1 + 4))) + Normal(0.5, Math.Sqrt(3 * (0.25 + 4))) + Normal(-1, Math.Sqrt(3 * (4 + 4))),
        Base with { ExtraSigma = "slope", CovarianceScale = "3" });

    [Fact]
    public void A_parameter_may_be_all_of_the_uncertainty() => AssertLogLikelihood(
        Normal(-0.5, 2) + Normal(0.5, 2) + Normal(-1, 2), Base with { Sigmas = null, ExtraSigma = "slope" });

    [Fact]
    public void A_factor_of_zero_explains_nothing() => AssertLogLikelihood(
        double.NegativeInfinity, Base with { CovarianceScale = "slope - 2" });

    [Fact]
    public void Student_t() => AssertLogLikelihood(
        Student(-0.5, 1) + Student(0.5, 0.5) + Student(-1, 2), Base with { StudentNu = 4 });

    [Fact]
    public void Student_with_varying_errors() => AssertLogLikelihood(
        Student(-0.5, Math.Sqrt(5)) + Student(0.5, Math.Sqrt(4.25)) + Student(-1, Math.Sqrt(8)), Base with { StudentNu = 4, ExtraSigma = "slope" });

    [Fact]
    public void Covariance()
    {
        // [[2, 1], [1, 2]]: determinant 3, inverse [[2, -1], [-1, 2]] / 3; residuals -0.5 and 0.5
        double square = ((2 * 0.25) + (2 * 0.25) + (2 * 0.25)) / 3;
        AssertLogLikelihood(
            -0.5 * ((2 * LogTwoPi) + Math.Log(3) + square),
            Base with { Sigmas = null, Covariance = [[2, 1, 0], [1, 2, 0], [0, 0, 1]], Range = new(2000, 2001) });
    }

    [Fact]
    public void Covariance_with_constant_changes()
    {
        // 2 ([[2, 1], [1, 2]] + I) = [[6, 2], [2, 6]]: determinant 32, inverse [[6, -2], [-2, 6]] / 32
        double square = ((6 * 0.25) + (6 * 0.25) + (2 * 2 * 0.25)) / 32;
        AssertLogLikelihood(
            0.5 * -0.5 * ((2 * LogTwoPi) + Math.Log(32) + square),
            Base with { Sigmas = null, Covariance = [[2, 1, 0], [1, 2, 0], [0, 0, 1]], Range = new(2000, 2001), ExtraSigma = "1", CovarianceScale = "2", Weight = 0.5 });
    }

    [Theory]
    [InlineData("intercept", "2")]
    [InlineData("1", "slope")]
    [InlineData("intercept", "slope")]
    public void Covariance_with_varying_changes_gives_the_same(string extra, string factor)
    {
        // intercept is 1 and slope is 2, so this is the constant case above
        double square = ((6 * 0.25) + (6 * 0.25) + (2 * 2 * 0.25)) / 32;
        AssertLogLikelihood(
            -0.5 * ((2 * LogTwoPi) + Math.Log(32) + square),
            Base with { Sigmas = null, Covariance = [[2, 1, 0], [1, 2, 0], [0, 0, 1]], Range = new(2000, 2001), ExtraSigma = extra, CovarianceScale = factor });
    }

    [Fact]
    public void A_diagonal_covariance_is_the_independent_case() => AssertLogLikelihood(
        Normal(-0.5, 1) + Normal(0.5, 0.5) + Normal(-1, 2),
        Base with { Sigmas = null, Covariance = [[1, 0, 0], [0, 0.25, 0], [0, 0, 4]] });

    private static void AssertLogLikelihood(double expected, Target target)
    {
        Problem problem = new ProblemBuilder("line")
            .Model(new ModelFactory(() => new LineModel()), "line")
            .Parameter("slope", new Numerics.Distributions.Normal(0, 1))
            .Parameter("intercept", new Numerics.Distributions.Normal(0, 1))
            .Target(target)
            .Build();
        EvaluationBatch results = new();
        problem.Likelihood.Create().Evaluate(1, [2, 1], results);
        Assert.Equal(0, results.FailureCount);
        Assert.Equal(expected, results.LogLikelihoods[0], 1e-12);
    }

    private static double Normal(double residual, double sigma) =>
        (-0.5 * (LogTwoPi + (residual * residual / (sigma * sigma)))) - Math.Log(sigma);

    // c(4) = Gamma(2.5) / (Gamma(2) sqrt(4 pi)) = 3/8
    private static double Student(double residual, double scale) =>
        Math.Log(3.0 / 8) - Math.Log(scale) - (2.5 * Math.Log(1 + (residual * residual / (4 * scale * scale))));
}
