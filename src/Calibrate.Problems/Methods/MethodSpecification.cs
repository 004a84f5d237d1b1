namespace Calibrate.Problems.Methods;

/// <summary>How the problem is to be solved: data only, turned into an algorithm by Calibrate.Inference.</summary>
public abstract record MethodSpecification
{
    /// <summary>Number of iterations per ensemble, warm-up included; at least 1.</summary>
    public int Iterations { get; init; } = 5000;

    /// <summary>The seed; null for one drawn from the host's entropy, which the journal then keeps.</summary>
    public ulong? Seed { get; init; }

    /// <summary>When to stop before <see cref="Iterations"/>.</summary>
    public StopSpecification Stop { get; init; } = StopSpecification.AtIterations;

    /// <summary>The name in the problem file: <c>ensemble</c>, <c>random_search</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Number of independent ensembles; at least 1.</summary>
    public abstract int Ensembles { get; init; }
}

/// <summary>Sampling with several independent ensembles of walkers (Goodman and Weare 2010).</summary>
public sealed record EnsembleSpecification : MethodSpecification
{
    /// <inheritdoc/>
    public override string Name => "ensemble";

    /// <inheritdoc/>
    public override int Ensembles { get; init; } = 4;

    /// <summary>Walkers per ensemble; null for the larger of 32 and four times the dimension, made even.</summary>
    public int? Walkers { get; init; }

    /// <summary>Iterations that the summary leaves out; null for a fifth of those reached.</summary>
    public int? WarmUp { get; init; }

    /// <summary>Every how many iterations the ensemble is kept; at least 1.</summary>
    public int Thin { get; init; } = 1;

    /// <summary>The moves, of which each iteration uses one, chosen by weight.</summary>
    public IReadOnlyList<MoveSpecification> Moves { get; init; } = [new MoveSpecification(MoveKind.Stretch)];

    /// <summary>Where the walkers start.</summary>
    public InitialSpecification Initial { get; init; } = new InitialFromPrior();

    /// <summary>The number of walkers in a space of this dimension.</summary>
    /// <param name="dimension">Number of free parameters.</param>
    public int WalkersFor(int dimension)
    {
        int wanted = Math.Max(32, 4 * dimension);
        return Walkers ?? wanted + (wanted % 2);
    }
}

/// <summary>A seeded random search: candidates drawn from the prior, the best kept.</summary>
public sealed record RandomSearchSpecification : MethodSpecification
{
    /// <inheritdoc/>
    public override string Name => "random_search";

    /// <inheritdoc/>
    public override int Ensembles { get; init; } = 1;

    /// <summary>Candidates per iteration; at least 1.</summary>
    public int Candidates { get; init; } = 32;
}
