namespace Calibrate.Inference.Moves;

/// <summary>The random numbers of one proposal.</summary>
public readonly ref struct ProposalVariates
{
    /// <summary>Collects the random numbers of one proposal.</summary>
    /// <param name="uniform">A uniform in (0, 1).</param>
    /// <param name="word">A random word, for a choice among the helpers.</param>
    /// <param name="normals">Standard normals, <see cref="IEnsembleMove.NormalCount"/> of them.</param>
    public ProposalVariates(double uniform, uint word, ReadOnlySpan<double> normals)
    {
        Uniform = uniform;
        Word = word;
        Normals = normals;
    }

    /// <summary>A uniform in (0, 1).</summary>
    public double Uniform { get; }

    /// <summary>A random word: the step's first helper word.</summary>
    public uint Word { get; }

    /// <summary>Standard normals.</summary>
    public ReadOnlySpan<double> Normals { get; }
}
