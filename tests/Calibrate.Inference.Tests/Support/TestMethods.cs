using Calibrate.Inference.Ensembles;
using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Moves;
using Calibrate.Inference.RandomSearch;
using Calibrate.Inference.States;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Support;

/// <summary>Methods on small problems.</summary>
internal static class TestMethods
{
    public static readonly PhiloxKey Key = PhiloxKey.FromSeed(20240117);

    public static MoveMixture AllMoves => new(
        (new StretchMove(), 2),
        (new DifferentialEvolutionMove(), 1),
        (new DifferentialEvolutionMove(gamma: 1), 0.3),
        (new SnookerMove(), 1),
        (new WalkMove(), 1),
        (new WalkMove(helpers: 5), 1),
        (new KernelDensityMove(), 1));

    public static EnsembleMethod Ensemble(
        MoveMixture moves, IParameterSpace space, int walkers, int recorded = 2, int thin = 1, int ensembles = 2, IInitialPositions? initial = null) =>
        new(Settings(moves, space, walkers, recorded, thin, ensembles, initial));

    public static EnsembleSettings Settings(
        MoveMixture moves, IParameterSpace space, int walkers, int recorded = 2, int thin = 1, int ensembles = 2, IInitialPositions? initial = null) =>
        new(
            Key,
            ensembles,
            new EnsembleShape(walkers, space.Dimension, space.NaturalDimension, recorded, thin),
            space,
            moves,
            initial ?? new PriorPositions(space, Key),
            [.. Enumerable.Range(0, space.Dimension).Select(j => $"p{j}")]);

    public static RandomSearchMethod Search(IParameterSpace space, int candidates, int recorded = 2, int thin = 1) =>
        new(new RandomSearchSettings(Key, 2, new EnsembleShape(candidates, space.Dimension, space.NaturalDimension, recorded, thin), space));
}
