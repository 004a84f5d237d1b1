using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Parameters;

public class ParameterSpaceTests
{
    [Fact]
    public void Natural_space_has_the_models_order_and_sampled_space_the_files()
    {
        Problem problem = Space("intercept: normal(0, 1)\n  slope: uniform(0, 4)");
        Assert.Equal(["intercept", "slope"], problem.SampledNames);
        Assert.Equal(["slope", "intercept"], problem.NaturalNames);
        Assert.Equal([3.0, -1.0], Natural(problem, [-1, 3]));
    }

    [Fact]
    public void Ties_of_ties_and_fixed_values_are_filled_in()
    {
        Problem problem = Space("slope: { tie: 2 * helper + 1 }\n  intercept: { tie: slope - base }\n  helper: normal(0, 1)\n  base: 10");
        Assert.Equal(["slope", "intercept", "helper", "base"], problem.NaturalNames);
        Assert.Equal([7.0, -3.0, 3.0, 10.0], Natural(problem, [3]));
    }

    [Fact]
    public void The_prior_is_the_sum_over_free_parameters_truncated_and_normalised()
    {
        Problem problem = Space("slope: { prior: normal(8, 1.5), bounds: [4, 14] }\n  intercept: gamma(2, 3)");
        IDistribution truncated = Truncated.Of(new Normal(8, 1.5), 4, 14);
        double expected = truncated.LogDensity(9) + new Gamma(2, 3).LogDensity(0.5);
        Assert.Equal(expected, LogPrior(problem, [9, 0.5], out _), 1e-12);
        Assert.Equal(double.NegativeInfinity, LogPrior(problem, [3.9, 0.5], out _));
        Assert.Equal(double.NegativeInfinity, LogPrior(problem, [9, -0.1], out _));
    }

    [Fact]
    public void A_flat_prior_within_bounds_is_uniform_and_without_them_zero()
    {
        Assert.Equal(-Math.Log(5), LogPrior(Space("slope: { prior: flat, bounds: [-1, 4] }"), [2], out _), 1e-14);
        Problem half = Space("slope: { prior: flat, bounds: [0, inf] }", "method: { initial: { ball: { center: { slope: 1 } } } }");
        Assert.Equal(0, LogPrior(half, [1e6], out _));
        Assert.Equal(double.NegativeInfinity, LogPrior(half, [-1e-6], out _));
        Assert.False(half.Space.CanSamplePrior);
        Assert.Throws<InvalidOperationException>(() => half.Space.SamplePrior([0.5], new double[1]));
    }

    [Fact]
    public void Transforms_change_the_space_but_not_the_prior()
    {
        Problem problem = Space("slope: { prior: \"log_normal(0, 1)\", transform: log }\n  intercept: { prior: uniform(2, 6), transform: logit }");
        double[] sampled = [Math.Log(1.7), Math.Log(3)];
        Assert.Equal([1.7, 5], Natural(problem, sampled), (a, b) => Math.Abs(a - b) < 1e-14);
        double logPrior = LogPrior(problem, sampled, out double logJacobian);
        Assert.Equal(new LogNormal(0, 1).LogDensity(1.7) - Math.Log(4), logPrior, 1e-12);
        Assert.Equal(Math.Log(1.7) + Math.Log(4 * 3.0 / 16), logJacobian, 1e-12);
    }

    [Fact]
    public void The_transformed_density_has_mass_one()
    {
        // the integral over sampled space of exp(prior + Jacobian), by the trapezium rule, which is spectral for such tails
        Problem problem = Space("slope: { prior: \"beta(2, 3)\", transform: logit }");
        double mass = 0;
        for (double y = -40; y <= 40; y += 0.05)
        {
            double logPrior = LogPrior(problem, [y], out double logJacobian);
            mass += 0.05 * Math.Exp(logPrior + logJacobian);
        }

        Assert.Equal(1, mass, 1e-12);
    }

    [Fact]
    public void Prior_draws_are_quantiles_in_sampled_space()
    {
        Problem problem = Space("slope: { prior: \"exponential(2)\", transform: log }\n  intercept: normal(3, 2)");
        double[] sampled = new double[2];
        problem.Space.SamplePrior([0.3, 0.8], sampled);
        Assert.Equal(Math.Log(new Exponential(2).Quantile(0.3)), sampled[0], 1e-13);
        Assert.Equal(new Normal(3, 2).Quantile(0.8), sampled[1]);
        double[] back = new double[2];
        problem.Space.ToSampled([new Exponential(2).Quantile(0.3), sampled[1]], back);
        Assert.Equal(sampled, back);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_outside_of_every_prior(double value)
    {
        foreach (string prior in (string[])["normal(0, 1)", "uniform(0, 1)", "gamma(2, 2)", "{ prior: log_normal(0, 1), transform: log }", "{ prior: normal(0, 1), bounds: [0, inf] }"])
        {
            Assert.Equal(double.NegativeInfinity, LogPrior(Space($"slope: {prior}"), [value], out _));
        }

        Problem flat = Space("slope: flat", "method: { initial: { ball: { center: { slope: 1 } } } }");
        Assert.Equal(double.NegativeInfinity, LogPrior(flat, [value], out _));
    }

    [Fact]
    public void Only_a_bare_flat_space_in_the_models_order_is_the_identity()
    {
        const string ball = "method: { initial: { ball: { center: { x1: 0, x2: 0 } } } }";
        Assert.True(Read.Problem("model: bump\nparameters: { x*: flat }\n" + ball).Space.IsIdentity);
        Assert.False(Read.Problem("model: bump\nparameters: { x2: flat, x1: flat }\n" + ball).Space.IsIdentity);
        Assert.False(Read.Problem("model: bump\nparameters: { x1: flat, x2: normal(0, 1) }\n" + ball).Space.IsIdentity);
        Assert.False(Read.Problem("model: bump\nparameters: { x1: flat, x2: 1 }\nmethod: { initial: { ball: { center: { x1: 0 } } } }").Space.IsIdentity);
    }

    [Fact]
    public void Every_batch_size_gives_the_bits_of_single_points()
    {
        Problem problem = Space("slope: { prior: normal(0, 1), bounds: [-1, inf] }\n  intercept: { prior: \"gamma(2, 1)\", transform: log }\n  third: { prior: uniform(-2, 2), transform: logit }", "derived: { d: third }");
        const int count = 29;
        double[] sampled = [.. Enumerable.Range(0, 3 * count).Select(i => Math.Sin(i) * 1.5)];
        double[] natural = new double[3 * count];
        double[] logPriors = new double[count];
        double[] logJacobians = new double[count];
        problem.Space.Evaluate(count, sampled, natural, logPriors, logJacobians);
        for (int i = 0; i < count; i++)
        {
            double[] point = [sampled[i], sampled[count + i], sampled[(2 * count) + i]];
            Assert.Equal(logPriors[i], LogPrior(problem, point, out double logJacobian));
            Assert.Equal(logJacobians[i], logJacobian);
            Assert.Equal([natural[i], natural[count + i], natural[(2 * count) + i]], Natural(problem, point));
        }
    }

    private static Problem Space(string parameters, string more = "") => Read.Problem(
        $"model: line\nparameters:\n  {parameters}\ntargets:\n  t: {{ output: total, value: 1, sigma: 1 }}\n{more}");

    private static double[] Natural(Problem problem, double[] sampled)
    {
        double[] natural = new double[problem.Space.NaturalDimension];
        problem.Space.Evaluate(1, sampled, natural, new double[1], new double[1]);
        return natural;
    }

    private static double LogPrior(Problem problem, double[] sampled, out double logJacobian)
    {
        double[] logPrior = new double[1];
        double[] jacobian = new double[1];
        problem.Space.Evaluate(1, sampled, new double[problem.Space.NaturalDimension], logPrior, jacobian);
        logJacobian = jacobian[0];
        return logPrior[0];
    }
}
