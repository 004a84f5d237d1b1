namespace Calibrate.Problems.Models;

/// <summary>What a model takes and gives: parameters by name, outputs by name with their axis.</summary>
public sealed class ModelSignature
{
    /// <summary>Creates a signature.</summary>
    /// <param name="parameters">The parameters in the order the model receives them.</param>
    /// <param name="outputs">The outputs in the order they are stored.</param>
    /// <exception cref="ArgumentException">Two parameters or two outputs share a name.</exception>
    public ModelSignature(IReadOnlyList<ModelParameter> parameters, IReadOnlyList<OutputSignature> outputs)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(outputs);
        RequireDistinct(parameters.Select(p => p.Name), "parameters");
        RequireDistinct(outputs.Select(o => o.Name), "outputs");
        Parameters = [.. parameters];
        Outputs = [.. outputs];
        offsets = new int[Outputs.Count + 1];
        for (int i = 0; i < Outputs.Count; i++)
        {
            offsets[i + 1] = offsets[i] + Outputs[i].Length;
        }
    }

    private readonly int[] offsets;

    /// <summary>The parameters in the order the model receives them.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>The outputs in the order they are stored.</summary>
    public IReadOnlyList<OutputSignature> Outputs { get; }

    /// <summary>Number of values over all outputs.</summary>
    public int OutputLength => offsets[^1];

    /// <summary>Position of an output's first value among the values of all outputs.</summary>
    /// <param name="output">Index into <see cref="Outputs"/>.</param>
    public int OffsetOf(int output) => offsets[output];

    /// <summary>Index of the output with this name, or -1.</summary>
    public int IndexOfOutput(string name)
    {
        for (int i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static void RequireDistinct(IEnumerable<string> names, string what)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name))
            {
                throw new ArgumentException($"Two {what} of the model are called '{name}'.", what);
            }
        }
    }
}

/// <summary>One parameter of a model.</summary>
/// <param name="Name">Its name in the problem file.</param>
/// <param name="Default">The value it has when the problem does not mention it; null when the problem must mention it.</param>
/// <param name="Unit">Its unit, for people.</param>
/// <param name="Description">What it is, for people.</param>
public sealed record ModelParameter(string Name, double? Default = null, string? Unit = null, string? Description = null);

/// <summary>One output of a model: a scalar, or a vector along an axis such as years.</summary>
public sealed class OutputSignature
{
    /// <summary>A vector along an axis.</summary>
    /// <param name="name">Its name in the problem file.</param>
    /// <param name="axis">Where each value stands, strictly increasing and finite.</param>
    /// <param name="unit">Its unit, for people.</param>
    /// <param name="description">What it is, for people.</param>
    /// <exception cref="ArgumentException">The axis is empty, not finite or not strictly increasing.</exception>
    public OutputSignature(string name, IReadOnlyList<double> axis, string? unit = null, string? description = null)
        : this(name, unit, description)
    {
        ArgumentNullException.ThrowIfNull(axis);
        for (int i = 0; i < axis.Count; i++)
        {
            if (!double.IsFinite(axis[i]) || (i > 0 && axis[i] <= axis[i - 1]))
            {
                throw new ArgumentException($"The axis of output '{name}' must be finite and strictly increasing.", nameof(axis));
            }
        }

        if (axis.Count == 0)
        {
            throw new ArgumentException($"The axis of output '{name}' is empty.", nameof(axis));
        }

        Axis = [.. axis];
    }

    /// <summary>A scalar.</summary>
    /// <param name="name">Its name in the problem file.</param>
    /// <param name="unit">Its unit, for people.</param>
    /// <param name="description">What it is, for people.</param>
    public OutputSignature(string name, string? unit = null, string? description = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Unit = unit;
        Description = description;
    }

    /// <summary>Its name in the problem file.</summary>
    public string Name { get; }

    /// <summary>Where each value stands, strictly increasing; null for a scalar.</summary>
    public IReadOnlyList<double>? Axis { get; }

    /// <summary>Its unit, for people.</summary>
    public string? Unit { get; }

    /// <summary>What it is, for people.</summary>
    public string? Description { get; }

    /// <summary>Number of values.</summary>
    public int Length => Axis?.Count ?? 1;
}
