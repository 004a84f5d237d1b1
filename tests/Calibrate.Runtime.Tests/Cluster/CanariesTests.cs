using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Random;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;
using Calibrate.Runtime.Cluster;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Cluster;

public class CanariesTests
{
    [Fact]
    public void They_are_drawn_from_the_prior_as_specified()
    {
        var canaries = Canaries.Of(TestProblems.Normal(dimension: 3));

        Assert.Equal(Canaries.Count, canaries.Count);
        var first = Philox.Block(new PhiloxKey(0, 0), PhiloxCounter.Of(5, 0, 0, RandomPurpose.Canary, 0));
        var second = Philox.Block(new PhiloxKey(0, 0), PhiloxCounter.Of(5, 0, 0, RandomPurpose.Canary, 1));
        Assert.Equal(-20 + (40 * first.Uniform01), canaries[5][0], 12);
        Assert.Equal(-20 + (40 * first.Uniform23), canaries[5][1], 12);
        Assert.Equal(-20 + (40 * second.Uniform01), canaries[5][2], 12);
    }

    [Fact]
    public void They_do_not_depend_on_the_seed()
    {
        var problem = TestProblems.Normal();
        var reseeded = problem.WithMethod((EnsembleSpecification)problem.Method with { Seed = 99 });

        Assert.Equal(Canaries.Of(problem), Canaries.Of(reseeded));
    }

    [Fact]
    public void They_are_in_natural_space_with_everything_filled_in()
    {
        var problem = new ProblemBuilder("tied")
            .LogDensity(["x", "y", "z"], new Zero(3), "flat")
            .Parameter("x", new Uniform(1, 2))
            .Parameter(Parameter.Fixed("y", 7))
            .Parameter("z", new Uniform(3, 4))
            .Method(new EnsembleSpecification { Ensembles = 1, Walkers = 8, Iterations = 10 })
            .Build();

        Assert.All(Canaries.Of(problem), canary =>
        {
            Assert.InRange(canary[0], 1, 2);
            Assert.Equal(7, canary[1]);
            Assert.InRange(canary[2], 3, 4);
        });
    }

    [Fact]
    public void A_prior_that_cannot_be_sampled_leaves_the_initial_ball()
    {
        var canaries = Canaries.Of(Improper(new InitialBall { Center = new Dictionary<string, double>(StringComparer.Ordinal) { ["x"] = 5 }, Radius = 0.1 }));

        Assert.Equal(Canaries.Count, canaries.Count);
        Assert.Equal(Canaries.Count, canaries.Select(canary => canary[0]).Distinct().Count());
        Assert.All(canaries, canary => Assert.InRange(canary[0], 4.4, 5.6)); // six standard deviations
    }

    [Fact]
    public void Or_the_initial_points()
    {
        var canaries = Canaries.Of(Improper(new InitialFromFile("points.csv") { Points = [.. Enumerable.Range(0, 8).Select(i => new double[] { i })] }));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => (double)i), canaries.Select(canary => canary[0]));
    }

    private static Problem Improper(InitialSpecification initial) => new ProblemBuilder("improper")
        .LogDensity(["x"], new Zero(1), "flat")
        .Parameter(Parameter.Flat("x"))
        .Method(new EnsembleSpecification { Ensembles = 1, Walkers = 8, Iterations = 10, Initial = initial })
        .Build();

    private sealed class Zero(int dimension) : ILogDensityFactory, ILogDensity
    {
        public int Dimension => dimension;

        public ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities) => logDensities[..count].Clear();
    }
}
