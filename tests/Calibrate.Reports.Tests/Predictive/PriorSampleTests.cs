using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;
using Calibrate.Reports.Predictive;
using Calibrate.Testing.Problems;

namespace Calibrate.Reports.Tests.Predictive;

public class PriorSampleTests
{
    /// <summary>Six standard errors of 20,000 independent draws: false alarms below 1e-8.</summary>
    [Fact]
    public void Draws_have_the_moments_of_the_prior_and_derived_quantities_follow()
    {
        var sample = PriorSample.Draw(new ConjugateProblem { PriorMean = 3, PriorSd = 2 }.Build())!;

        Assert.Equal(PriorSample.DefaultDraws, sample.Natural.Count);
        Assert.Equal(3, sample.Natural.Average(row => row[0]), 6 * 2 / Math.Sqrt(20_000));
        Assert.All(sample.Natural.Zip(sample.Derived), pair => Assert.Equal(2 * pair.First[0], pair.Second[0]));
    }

    [Fact]
    public void It_is_the_same_every_time()
    {
        var problem = new ConjugateProblem().Build();

        Assert.Equal(PriorSample.Draw(problem, 5)!.Natural.SelectMany(row => row), PriorSample.Draw(problem, 10)!.Natural.Take(5).SelectMany(row => row));
    }

    [Fact]
    public void An_improper_prior_cannot_be_drawn_from() => Assert.Null(PriorSample.Draw(
        new ProblemBuilder("improper").LogDensity(["x"], new NoDensity(), "none").Parameter(Parameter.Flat("x"))
            .Method(new EnsembleSpecification { Initial = new InitialBall { Center = new Dictionary<string, double> { ["x"] = 0 }, Radius = 1 } }).Build()));

    private sealed class NoDensity : ILogDensityFactory, ILogDensity
    {
        public int Dimension => 1;

        public ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities) => logDensities[..count].Clear();
    }
}
