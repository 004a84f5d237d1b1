using Calibrate.Inference.Initialisation;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests;

/// <summary>From a problem to a method: moves, sizes and starts.</summary>
public class MethodFactoryTests
{
    [Fact]
    public void EnsembleHasTheSizesOfTheProblem()
    {
        IMethod method = MethodFactory.Create(Build(new EnsembleSpecification { Ensembles = 3, Walkers = 10, Thin = 5 }), 1);
        Assert.Equal(("ensemble", 3, 10, 2, 0), (method.Name, method.Ensembles, method.Walkers, method.Dimension, method.RecordedCount));
        Assert.Equal(5, Run(method).Thin);
    }

    [Fact]
    public void RandomSearchHasItsCandidatesAsWalkers()
    {
        IMethod method = MethodFactory.Create(Build(new RandomSearchSpecification { Ensembles = 2, Candidates = 7 }), 1);
        Assert.Equal(("random_search", 2, 7, 2), (method.Name, method.Ensembles, method.Walkers, method.Dimension));
        Assert.Equal(6, Run(method).Rows);
    }

    [Fact]
    public void EveryMoveAndItsSettingsAreUsed()
    {
        MoveSpecification[] moves =
        [
            new(MoveKind.Stretch) { Scale = 3 }, new(MoveKind.De) { Gamma = 1, Sigma = 0.1 }, new(MoveKind.Snooker) { Gamma = 1.2 },
            new(MoveKind.Walk) { Helpers = 3 }, new(MoveKind.Kde) { Bandwidth = 0.5 },
        ];
        HashSet<(ulong, ulong)> digests = [];
        foreach (MoveSpecification move in moves)
        {
            foreach (MoveSpecification variant in new[] { move, new MoveSpecification(move.Kind) })
            {
                IMethod method = MethodFactory.Create(Build(new EnsembleSpecification { Walkers = 12, Moves = [variant] }), 1);
                Block block = Run(method);
                Assert.True(digests.Add((block.Digests[^2], block.Digests[^1])), $"{variant} gives the chain of another move");
            }
        }
    }

    [Fact]
    public void SeedDecidesTheChain()
    {
        Problem problem = Build(new EnsembleSpecification());
        Assert.Equal(Run(MethodFactory.Create(problem, 1)).Digests, Run(MethodFactory.Create(problem, 1)).Digests);
        Assert.NotEqual(Run(MethodFactory.Create(problem, 1)).Digests, Run(MethodFactory.Create(problem, 2)).Digests);
    }

    /// <summary>The centre is given in natural space, the radius in the space of the logarithm; y starts at its prior's median, 2.</summary>
    [Fact]
    public void BallLiesAroundItsCentre()
    {
        InitialBall ball = new()
        {
            Center = new Dictionary<string, double> { ["x"] = 20 },
            Radius = 1e-3,
            Radii = new Dictionary<string, double> { ["y"] = 1e-6 },
        };
        Block block = Run(MethodFactory.Create(Build(new EnsembleSpecification { Initial = ball }), 1), to: 0);
        double[] x = block.Positions[..32];
        double[] y = block.Positions[32..];
        Assert.All(x, value => Assert.Equal(Math.Log(20), value, 6e-3));
        Assert.All(y, value => Assert.Equal(2, value, 6e-6));
        Assert.True(x.Max() - x.Min() > 1e-3);
    }

    [Fact]
    public void FileRowsAreNatural()
    {
        InitialFromFile file = new("start.csv") { Points = [.. Enumerable.Range(0, 128).Select(i => new[] { 1.0 + i, i / 50.0 })] };
        Block block = Run(MethodFactory.Create(Build(new EnsembleSpecification { Initial = file }), 1), to: 0);
        Assert.Equal(Math.Log(4), block.Positions[3], 1e-15);
        Assert.Equal(3 / 50.0, block.Positions[32 + 3]);
    }

    /// <summary>The mode of the log density is at x = 5, y = 1; the prior of x shifts it a little.</summary>
    [Fact]
    public void BestFitIsFoundOrPassedIn()
    {
        Problem problem = Build(new EnsembleSpecification { Initial = new InitialBestFit { Radius = 1e-4 } });
        Assert.True(MethodFactory.StartsFromBestFit(problem));
        Assert.False(MethodFactory.StartsFromBestFit(Build(new EnsembleSpecification())));
        Block found = Run(MethodFactory.Create(problem, 1), to: 0);
        Assert.Equal(Math.Log(5), found.Positions[0], 0.05);
        Assert.Equal(1, found.Positions[32], 0.05);
        double[] position = BestFit.Find(problem.Space, problem.Likelihood.Create(), 1)!.Position;
        Assert.Equal(found.Digests, Run(MethodFactory.Create(problem, 1, position), to: 0).Digests);
        Block elsewhere = Run(MethodFactory.Create(problem, 1, [0.5, 1.5]), to: 0);
        Assert.Equal(0.5, elsewhere.Positions[0], 1e-3);
    }

    private static Block Run(IMethod method, int to = 5)
    {
        IEnsemble ensemble = method.Create(0);
        ensemble.Advance(new LogDensityLikelihood(new Bump()), to, AdvanceLimits.None);
        Assert.Null(ensemble.Refusal);
        return ensemble.PeekBlock();
    }

    private static Problem Build(MethodSpecification method) => new ProblemBuilder("bump")
        .LogDensity(["x", "y"], new BumpFactory(), "bump 1")
        .Parameter(Parameter.Free("x", new LogNormal(1, 2)) with { Transform = ParameterTransform.Log })
        .Parameter("y", new Uniform(-1, 5))
        .Method(method)
        .Build();

    private sealed class BumpFactory : ILogDensityFactory
    {
        public ILogDensity Create() => new Bump();
    }

    private sealed class Bump : ILogDensity
    {
        public int Dimension => 2;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
        {
            for (int i = 0; i < count; i++)
            {
                double x = points[i] - 5;
                double y = points[count + i] - 1;
                logDensities[i] = -50 * ((x * x) + (y * y));
            }
        }
    }
}
