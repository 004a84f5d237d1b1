using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Testing.Problems;

/// <summary>Problems that cost nothing to evaluate and have everything that can go wrong.</summary>
public static class TestProblems
{
    /// <summary>All five moves mixed, thinned by 7, a log-transformed parameter, and a model that throws or is not a number in two corners.</summary>
    public static Problem FiveMoves { get; } = Failing("five-moves", new EnsembleSpecification
    {
        Ensembles = 2,
        Walkers = 8,
        Iterations = 60,
        Thin = 7,
        Moves =
        [
            new MoveSpecification(MoveKind.Stretch, 3),
            new MoveSpecification(MoveKind.De, 2),
            new MoveSpecification(MoveKind.Snooker),
            new MoveSpecification(MoveKind.Walk),
            new MoveSpecification(MoveKind.Kde),
        ],
    });

    /// <summary>A random search over the same space.</summary>
    public static Problem RandomSearch { get; } =
        Failing("random-search", new RandomSearchSpecification { Ensembles = 2, Candidates = 6, Iterations = 60 });

    /// <summary>A standard normal sampled with the stretch move, without anything special.</summary>
    /// <param name="dimension">Number of parameters.</param>
    /// <param name="iterations">Iterations per ensemble.</param>
    public static Problem Normal(int dimension = 2, int iterations = 200) => new ProblemBuilder("normal")
        .LogDensity(
            [.. Enumerable.Range(0, dimension).Select(j => $"x{j}")],
            new DensityFactory(dimension, point => -0.5 * point.Sum(x => x * x)),
            "standard normal")
        .Parameters(Enumerable.Range(0, dimension).Select(j => Parameter.Free($"x{j}", new Uniform(-20, 20))))
        .Method(new EnsembleSpecification { Ensembles = 2, Walkers = 16, Iterations = iterations, Seed = 3 })
        .Build();

    /// <summary>A problem whose log density becomes positive infinity somewhere on the way.</summary>
    public static Problem Infinite { get; } = new ProblemBuilder("infinite")
        .LogDensity(["x", "y"], new DensityFactory(2, point => point[0] > 1 ? double.PositiveInfinity : -point[1] * point[1]), "infinite")
        .Parameter("x", new Uniform(-8, 8))
        .Parameter("y", new Uniform(-8, 8))
        .Method(new EnsembleSpecification { Ensembles = 2, Walkers = 8, Iterations = 100, Seed = 1, Initial = new InitialBall { Radius = 0.1 } })
        .Build();

    /// <summary>A flat density whose prior rejects hundreds of whole iterations in a row: the stretches mostly lead far out of the range.</summary>
    public static Problem Stuck { get; } = new ProblemBuilder("stuck")
        .LogDensity(["x"], new DensityFactory(1, _ => 0), "flat")
        .Parameter("x", new Uniform(0, 1))
        .Method(new EnsembleSpecification
        {
            Ensembles = 1,
            Walkers = 4,
            Iterations = 3000,
            Seed = 1,
            Moves = [new MoveSpecification(MoveKind.Stretch) { Scale = 1e9 }],
        })
        .Build();

    /// <summary>All walkers start on one line of a plane.</summary>
    public static Problem Degenerate { get; } = new ProblemBuilder("degenerate")
        .LogDensity(["x", "y"], new DensityFactory(2, _ => 0), "flat")
        .Parameter("x", new Uniform(0, 100))
        .Parameter("y", new Uniform(0, 100))
        .Method(new EnsembleSpecification
        {
            Ensembles = 1,
            Walkers = 16,
            Iterations = 100,
            Seed = 1,
            Initial = new InitialFromFile("line.csv") { Points = [.. Enumerable.Range(1, 16).Select(row => new double[] { row, row })] },
        })
        .Build();

    private static Problem Failing(string name, MethodSpecification method) => new ProblemBuilder(name)
        .LogDensity(["x", "scale"], new DensityFactory(2, Density), "normal with failing corners")
        .Parameter("x", new Normal(0, 3))
        .Parameter(Parameter.Free("scale", new LogNormal(0, 1)) with { Transform = ParameterTransform.Log })
        .Derived(new DerivedQuantity("ratio", "x / scale"))
        .Method(method)
        .Build();

    private static double Density(double[] point) => point switch
    {
        [> 2.5, _] => throw new InvalidOperationException("the model does not like this corner"),
        [< -2.5, > 2] => double.NaN,
        _ => -0.5 * (point[0] * point[0] / (point[1] * point[1])),
    };

    private static ProblemBuilder Parameters(this ProblemBuilder builder, IEnumerable<Parameter> parameters) =>
        parameters.Aggregate(builder, (before, parameter) => before.Parameter(parameter));

    private sealed class DensityFactory(int dimension, Func<double[], double> density) : ILogDensityFactory, ILogDensity
    {
        public int Dimension => dimension;

        public ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
        {
            var point = new double[dimension];
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < dimension; j++)
                {
                    point[j] = points[(j * count) + i];
                }

                logDensities[i] = density(point);
            }
        }
    }
}
