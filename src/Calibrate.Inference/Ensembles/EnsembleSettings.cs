using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Moves;
using Calibrate.Inference.States;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Ensembles;

/// <summary>What all ensembles of one run share.</summary>
/// <param name="Key">Key of the run's seed.</param>
/// <param name="Ensembles">Number of ensembles.</param>
/// <param name="Shape">Sizes of an ensemble.</param>
/// <param name="Space">The parameter space.</param>
/// <param name="Moves">The moves.</param>
/// <param name="Initial">Where the walkers start.</param>
/// <param name="Names">Names of the sampled parameters, for messages.</param>
internal sealed record EnsembleSettings(
    PhiloxKey Key, int Ensembles, EnsembleShape Shape, IParameterSpace Space, MoveMixture Moves, IInitialPositions Initial, IReadOnlyList<string> Names);
