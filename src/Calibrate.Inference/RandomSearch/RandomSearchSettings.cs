using Calibrate.Inference.States;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.RandomSearch;

/// <summary>What all ensembles of one random search share.</summary>
/// <param name="Key">Key of the run's seed.</param>
/// <param name="Ensembles">Number of ensembles.</param>
/// <param name="Shape">Sizes of an ensemble; its walkers are the candidates of an iteration.</param>
/// <param name="Space">The parameter space.</param>
internal sealed record RandomSearchSettings(PhiloxKey Key, int Ensembles, EnsembleShape Shape, IParameterSpace Space);
