namespace Calibrate.Models.TwoLayer;

/// <summary>Effective radiative forcing by year: the total, and the share of each agent that a parameter can scale.</summary>
/// <remarks>Immutable, so that every model instance reads the same arrays. All series in W m-2 and of one length.</remarks>
public sealed class ForcingSeries
{
    private readonly double[] years;
    private readonly double[] total;
    private readonly double[][] agents;

    /// <summary>Creates a series.</summary>
    /// <param name="years">When each value holds: for the whole of that year. In steps of one.</param>
    /// <param name="total">Total forcing, W m-2.</param>
    /// <param name="agents">Forcing of each agent by name, W m-2; an aggregate of other agents is allowed.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite, or years do not advance by one.</exception>
    public ForcingSeries(
        IReadOnlyList<double> years,
        IReadOnlyList<double> total,
        IReadOnlyList<KeyValuePair<string, double[]>>? agents = null)
    {
        ArgumentNullException.ThrowIfNull(years);
        ArgumentNullException.ThrowIfNull(total);
        agents ??= [];
        if (years.Count == 0 || total.Count != years.Count || agents.Any(a => a.Value.Length != years.Count))
        {
            throw new ArgumentException("Every forcing series needs one value per year, and at least one year.", nameof(total));
        }

        if (!total.All(double.IsFinite) || !agents.All(a => a.Value.All(double.IsFinite)))
        {
            throw new ArgumentException("A forcing is not a finite number.", nameof(total));
        }

        if (FirstIrregularYear(years) is int irregular and >= 0)
        {
            throw new ArgumentException($"The year after {years[irregular - 1]:R} is {years[irregular]:R}.", nameof(years));
        }

        this.years = [.. years];
        AgentNames = [.. agents.Select(a => a.Key)];

        // adding zero turns -0 into +0, so that adding nothing for an unscaled agent cannot change a bit
        this.total = [.. total.Select(f => f + 0.0)];
        this.agents = [.. agents.Select(a => a.Value.ToArray())];
    }

    /// <summary>The years, in steps of one.</summary>
    public IReadOnlyList<double> Years => years;

    /// <summary>The agents' names, in the order of their series.</summary>
    public IReadOnlyList<string> AgentNames { get; }

    /// <summary>Number of years.</summary>
    public int Length => total.Length;

    /// <summary>Total forcing by year, W m-2.</summary>
    public ReadOnlySpan<double> Total => total;

    /// <summary>One agent's forcing by year, W m-2.</summary>
    /// <param name="agent">Index into <see cref="AgentNames"/>.</param>
    public ReadOnlySpan<double> Agent(int agent) => agents[agent];

    /// <summary>Index of the first year that does not follow its predecessor by one year, or -1.</summary>
    internal static int FirstIrregularYear(IReadOnlyList<double> years)
    {
        for (int i = 1; i < years.Count; i++)
        {
            // mid-year times such as 1971.5 are exact, others may carry rounding
            if (!(Math.Abs(years[i] - years[i - 1] - 1) < 1e-6))
            {
                return i;
            }
        }

        return -1;
    }
}
