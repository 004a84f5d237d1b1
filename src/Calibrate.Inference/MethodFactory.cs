using Calibrate.Inference.Ensembles;
using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Moves;
using Calibrate.Inference.RandomSearch;
using Calibrate.Inference.States;
using Calibrate.Numerics.Random;
using Calibrate.Problems;
using Calibrate.Problems.Methods;

namespace Calibrate.Inference;

/// <summary>Makes the method that a problem asks for.</summary>
public static class MethodFactory
{
    /// <summary>Whether the problem starts from the best fit, which the caller may find once (<see cref="BestFit.Find"/>) and keep.</summary>
    /// <param name="problem">The problem.</param>
    public static bool StartsFromBestFit(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Method is EnsembleSpecification { Initial: InitialBestFit };
    }

    /// <summary>Makes the method of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="bestFit">
    /// For a problem that starts from the best fit: its sampled-space position, if it is known. Without it the search is carried out here, with a
    /// likelihood of its own, and finds the same point each time.
    /// </param>
    /// <exception cref="ArgumentException">The method has no implementation.</exception>
    public static IMethod Create(Problem problem, ulong seed, double[]? bestFit = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        PhiloxKey key = PhiloxKey.FromSeed(seed);
        return problem.Method switch
        {
            EnsembleSpecification specification => new EnsembleMethod(Settings(problem, specification, key, seed, bestFit)),
            RandomSearchSpecification specification => new RandomSearchMethod(
                new RandomSearchSettings(key, specification.Ensembles, Shape(problem, specification.Candidates, thin: 1), problem.Space)),
            _ => throw new ArgumentException($"There is no method '{problem.Method.Name}'.", nameof(problem)),
        };
    }

    private static EnsembleSettings Settings(Problem problem, EnsembleSpecification specification, PhiloxKey key, ulong seed, double[]? bestFit)
    {
        EnsembleShape shape = Shape(problem, specification.WalkersFor(problem.Space.Dimension), specification.Thin);
        MoveMixture moves = new([.. specification.Moves.Select(move => (Move(move), move.Weight))]);
        IInitialPositions initial = InitialPositions.Of(problem, specification, shape.Walkers, seed, bestFit);
        return new EnsembleSettings(key, specification.Ensembles, shape, problem.Space, moves, initial, problem.SampledNames);
    }

    private static EnsembleShape Shape(Problem problem, int walkers, int thin) =>
        new(walkers, problem.Space.Dimension, problem.Space.NaturalDimension, problem.RecordedNames.Count, thin);

    private static IEnsembleMove Move(MoveSpecification move) => move.Kind switch
    {
        MoveKind.Stretch => new StretchMove(move.Scale ?? StretchMove.DefaultScale),
        MoveKind.De => new DifferentialEvolutionMove(move.Gamma, move.Sigma ?? DifferentialEvolutionMove.DefaultSigma),
        MoveKind.Snooker => new SnookerMove(move.Gamma ?? SnookerMove.DefaultGamma),
        MoveKind.Walk => new WalkMove(move.Helpers),
        MoveKind.Kde => new KernelDensityMove(move.Bandwidth),
        _ => throw new ArgumentException($"There is no move '{move.Kind}'.", nameof(move)),
    };
}
