using Calibrate.Inference;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;
using Calibrate.Runtime.Reading;
using Calibrate.Simulator.Faults;

namespace Calibrate.Simulator.Chaos;

/// <summary>What is sampled in a simulation.</summary>
public enum ChaosProblemKind
{
    /// <summary>The stretch move.</summary>
    Stretch,

    /// <summary>Five moves mixed, two of which read a whole complement; a model that fails in two corners.</summary>
    Mixture,

    /// <summary>A random search over the same space.</summary>
    RandomSearch,
}

/// <summary>The problem of one simulation, and the chain that it must end with.</summary>
public sealed class ChaosProblem
{
    private const double PoisonAbove = 1.5;

    /// <summary>Makes the problem of a scenario.</summary>
    public ChaosProblem(ChaosScenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Problem = new ProblemBuilder("chaos")
            .LogDensity(["x", "scale"], new ChaosDensity(scenario.Problem != ChaosProblemKind.Stretch), "normal with failing corners")
            .Parameter("x", new Normal(0, 3))
            .Parameter(Parameter.Free("scale", new LogNormal(0, 1)) with { Transform = ParameterTransform.Log })
            .Method(Specify(scenario))
            .Build();
        Method = MethodFactory.Create(Problem, scenario.Seed);
        IsPoisonous = scenario.Poison ? parameters => parameters[0] > PoisonAbove && parameters[1] < 1 : _ => false;
        var random = new SimulationRandom(scenario.Seed, stream: 1);
        Canaries = [.. Enumerable.Range(0, 200).Select(_ => (double[])[random.Between(-4.0, 4.0), random.LogNormal(1, 1)])
            .Where(vector => !IsPoisonous(vector)).Take(6)];
    }

    /// <summary>The problem.</summary>
    public Problem Problem { get; }

    /// <summary>Its method.</summary>
    public IMethod Method { get; }

    /// <summary>What workers prove themselves on.</summary>
    public IReadOnlyList<double[]> Canaries { get; }

    /// <summary>Whether whoever evaluates a vector dies of it.</summary>
    public Func<double[], bool> IsPoisonous { get; }

    /// <summary>The chain hash by the tight driver, without any scheduler, cluster or fault; what kills is impossible.</summary>
    /// <param name="iterations">The last iteration.</param>
    public string ReferenceHash(int iterations)
    {
        List<ulong> digests = [];
        for (var index = 0; index < Method.Ensembles; index++)
        {
            var ensemble = Method.Create(index);
            var likelihood = new Runtime.Slots.ThreadSlot(new PoisonRejected(Problem.Likelihood.Create(), IsPoisonous)).Likelihood;
            ensemble.Advance(likelihood, iterations, AdvanceLimits.None);
            digests.AddRange([ensemble.Digest.First, ensemble.Digest.Second]);
        }

        return RunHash.Of(iterations, digests.ToArray());
    }

    private static MethodSpecification Specify(ChaosScenario scenario) => scenario.Problem == ChaosProblemKind.RandomSearch
        ? new RandomSearchSpecification { Ensembles = scenario.Ensembles, Candidates = scenario.Walkers, Iterations = scenario.Iterations }
        : new EnsembleSpecification
        {
            Ensembles = scenario.Ensembles,
            Walkers = scenario.Walkers,
            Iterations = scenario.Iterations,
            Thin = 1 + (scenario.Iterations % 3),
            Moves = scenario.Problem == ChaosProblemKind.Stretch
                ? [new MoveSpecification(MoveKind.Stretch)]
                :
                [
                    new MoveSpecification(MoveKind.Stretch, 3),
                    new MoveSpecification(MoveKind.De, 2),
                    new MoveSpecification(MoveKind.Snooker),
                    new MoveSpecification(MoveKind.Walk),
                    new MoveSpecification(MoveKind.Kde),
                ],
        };
}

/// <summary>A normal in x whose width is the second parameter; the failing corners throw or are not a number.</summary>
/// <param name="fails">Whether there are failing corners.</param>
internal sealed class ChaosDensity(bool fails) : ILogDensityFactory, ILogDensity
{
    public int Dimension => 2;

    public ILogDensity Create() => this;

    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        for (var i = 0; i < count; i++)
        {
            double x = points[i], scale = points[count + i];
            logDensities[i] = fails && x > 2.5 ? throw new InvalidOperationException("the model does not like this corner")
                : fails && x < -2.5 && scale > 2 ? double.NaN
                : -0.5 * (x * x / (scale * scale));
        }
    }
}

/// <summary>A likelihood under which what kills is a failure like any other.</summary>
internal sealed class PoisonRejected(ILikelihood inner, Func<double[], bool> isPoisonous) : ILikelihood
{
    public int NaturalDimension => inner.NaturalDimension;

    public int RecordedCount => inner.RecordedCount;

    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        inner.Evaluate(count, natural, results);
        var point = new double[NaturalDimension];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < point.Length; j++)
            {
                point[j] = natural[(j * count) + i];
            }

            if (isPoisonous(point))
            {
                results.Fail(i, new ModelFailed(ModelFailureKind.Exception, "poison"));
            }
        }
    }
}
