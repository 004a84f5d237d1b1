namespace Calibrate.Numerics.Distributions;

/// <summary>One kind of distribution: its names, its parameters in order, and how to create it.</summary>
public sealed class DistributionDefinition
{
    private readonly Func<double[], IDistribution> factory;

    internal DistributionDefinition(
        string name,
        IReadOnlyList<string> aliases,
        IReadOnlyList<DistributionParameter> parameters,
        Func<double[], IDistribution> factory)
    {
        Name = name;
        Aliases = aliases;
        Parameters = parameters;
        this.factory = factory;
    }

    /// <summary>The name in problem files, in snake case.</summary>
    public string Name { get; }

    /// <summary>Other names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The parameters, in the order of <see cref="Create"/>'s arguments.</summary>
    public IReadOnlyList<DistributionParameter> Parameters { get; }

    /// <summary>How a call is written, for messages: <c>normal(mean, sd)</c>.</summary>
    public string Signature =>
        Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", Parameters.Select(parameter => parameter.Name))})";

    /// <summary>Position of the parameter with this name or alternate name, or -1.</summary>
    public int IndexOf(string parameterName)
    {
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i].IsNamed(parameterName))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Creates the distribution.</summary>
    /// <param name="arguments">One number per parameter, in order.</param>
    /// <exception cref="ArgumentException">The number of arguments is wrong; the message says what was expected.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range; the message names it.</exception>
    public IDistribution Create(ReadOnlySpan<double> arguments)
    {
        if (arguments.Length == Parameters.Count)
        {
            return factory(arguments.ToArray());
        }

        string expected = Parameters.Count switch
        {
            0 => "no arguments",
            1 => "1 argument",
            _ => $"{Parameters.Count} arguments",
        };
        throw new ArgumentException($"{Name}: expected {expected}, as in {Signature}, found {arguments.Length}", paramName: null);
    }
}
