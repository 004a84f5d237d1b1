using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Parameters;
using Calibrate.Reports.Figures;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Tests.Figures;

public class QuantityLabelsTests
{
    [Fact]
    public void Labels_and_units_are_those_of_the_problem()
    {
        var problem = new ProblemBuilder("p")
            .LogDensity(["x", "y"], new FlatDensity(), "flat")
            .Parameter(Parameter.Free("x", new Uniform(0, 1)) with { Label = "the x", Unit = "m" })
            .Parameter("y", new Uniform(0, 1))
            .Derived(new DerivedQuantity("z", "x * y") { Label = "product", Unit = "m2" })
            .Build();

        Assert.Equal(("the x", "m"), QuantityLabels.Of(problem, "x"));
        Assert.Equal(("y", null), QuantityLabels.Of(problem, "y"));
        Assert.Equal(("product", "m2"), QuantityLabels.Of(problem, "z"));
        Assert.Equal(("log posterior", null), QuantityLabels.Of(problem, RunReader.LogPosterior));
    }

    private sealed class FlatDensity : Calibrate.Problems.Likelihoods.ILogDensityFactory, Calibrate.Problems.Likelihoods.ILogDensity
    {
        public int Dimension => 2;

        public Calibrate.Problems.Likelihoods.ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities) => logDensities[..count].Clear();
    }
}
