namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Where the series that a diagnostic compares lie in the flat draws: whole chains, or their halves (Vehtari et al. 2021, section
/// 2.1: splitting lets R-hat see a chain that drifts). Halves of an odd chain leave its middle draw out, as R posterior does.
/// </summary>
internal readonly record struct ChainLayout
{
    public ChainLayout(int chains, int iterations, bool halved)
    {
        Chains = chains;
        Iterations = iterations;

        // A chain of one draw cannot be halved.
        Halved = halved && iterations > 1;
    }

    /// <summary>Number of chains.</summary>
    public int Chains { get; }

    /// <summary>Draws per chain.</summary>
    public int Iterations { get; }

    /// <summary>Whether a series is half a chain.</summary>
    public bool Halved { get; }

    /// <summary>Number of series.</summary>
    public int Count => Halved ? 2 * Chains : Chains;

    /// <summary>Draws per series.</summary>
    public int Length => Halved ? Iterations / 2 : Iterations;

    /// <summary>Number of draws in all series; fewer than all draws when odd chains are halved.</summary>
    public int Total => Count * Length;

    /// <summary>Whether each chain has a middle draw that belongs to no series.</summary>
    public bool SkipsMiddle => Halved && Iterations % 2 == 1;

    /// <summary>Index of the first draw of a series; the two halves of a chain are neighbours.</summary>
    public int Start(int series) => Halved
        ? ((series / 2) * Iterations) + ((series % 2) * (Iterations - Length))
        : series * Iterations;

    /// <summary>Whether the draw is a middle draw that belongs to no series.</summary>
    public bool Skips(int draw) => SkipsMiddle && draw % Iterations == Length;

    public static ChainLayout Halves(DrawMatrix draws) => new(draws.Chains, draws.Iterations, halved: true);

    public static ChainLayout Whole(DrawMatrix draws) => new(draws.Chains, draws.Iterations, halved: false);
}
