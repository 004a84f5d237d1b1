using Calibrate.Inference.Initialisation;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Initialisation;

/// <summary>Starts that cannot work say so; those that work are tested in <see cref="MethodFactoryTests"/>.</summary>
public class InitialPositionsTests
{
    [Fact]
    public void EveryKindOfStartHasItsPositions()
    {
        Assert.IsType<PriorPositions>(Of(new InitialFromPrior(), new Normal(0, 1)));
        Assert.IsType<BallPositions>(Of(new InitialBall(), new Normal(0, 1)));
        Assert.IsType<RowPositions>(Of(new InitialFromFile("a.csv") { Points = [[1], [2], [3], [4]] }, new Normal(0, 1)));
        Assert.IsType<BallPositions>(Of(new InitialBestFit(), new Normal(0, 1)));
    }

    /// <summary>A log density that is zero everywhere offers no best fit.</summary>
    [Fact]
    public void BestFitWithoutAnyFitIsRefused()
    {
        IInitialPositions positions = Of(new InitialBestFit(), new Normal(0, 1), value: double.NegativeInfinity);
        Assert.Contains("found no point with a finite posterior", positions.Refusal, StringComparison.Ordinal);
        Assert.False(positions.TryDraw(0, 0, 0, new double[1]));
    }

    private static IInitialPositions Of(InitialSpecification initial, IDistribution prior, double value = 0)
    {
        EnsembleSpecification specification = new() { Walkers = 4, Ensembles = 1, Initial = initial };
        Problem problem = new ProblemBuilder("flat")
            .LogDensity(["x"], new Factory(value), "flat 1")
            .Parameter(Parameter.Free("x", prior))
            .Method(specification)
            .Build();
        return InitialPositions.Of(problem, specification, 4, 1, null);
    }

    private sealed class Factory(double value) : ILogDensityFactory, ILogDensity
    {
        public int Dimension => 1;

        public ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities) => logDensities[..count].Fill(value);
    }
}
