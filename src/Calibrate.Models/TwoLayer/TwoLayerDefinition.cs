using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.TwoLayer;

/// <summary>The model <c>two-layer</c> of problem files.</summary>
public sealed class TwoLayerDefinition : IModelDefinition
{
    private const string Forcing = "forcing";
    private const string TimeColumn = "time_column";
    private const string TotalColumn = "total_column";
    private const string AgentColumns = "agent_columns";
    private const string ForcingValues = "forcing_values";
    private const string FirstYear = "first_year";
    private const string StepsPerYear = "steps_per_year";

    /// <summary>Many more than there are agents: a file with more columns is another kind of file.</summary>
    private const int LargestAgentCount = 1000;

    /// <inheritdoc/>
    public string Name => "two-layer";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Description => "Two-layer energy balance model of the climate, driven by yearly radiative forcing.";

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        new(Forcing, OptionKind.File, "CSV file of effective radiative forcing by year, W m-2: a time column, a total, and agents."),
        new(TimeColumn, OptionKind.Text, "Column of the years in the forcing file; 'year' when not given."),
        new(TotalColumn, OptionKind.Text, "Column of the total forcing; 'total' when not given."),
        new(AgentColumns, OptionKind.TextList, "Columns that a parameter <name>_scale can scale; every other column when not given."),
        new(ForcingValues, OptionKind.NumberList, "Total forcing by year, W m-2, instead of a forcing file."),
        new(FirstYear, OptionKind.Integer, "The year of the first of the forcing values."),
        new(StepsPerYear, OptionKind.Integer, "Runge-Kutta steps per year, 1 to 1000; 10 when not given."),
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        int steps = options.Integer(StepsPerYear, 10);
        if (steps is < 1 or > 1000)
        {
            throw options.Invalid(StepsPerYear, $"{steps}", "a whole number from 1 to 1000");
        }

        ForcingSeries forcing = options.Has(ForcingValues) ? ReadInline(options) : ReadFile(options, files);
        return new ForwardModelBinding(new TwoLayerModelFactory(forcing, steps));
    }

    private static ForcingSeries ReadInline(ModelOptions options)
    {
        foreach (string other in (string[])[Forcing, TimeColumn, TotalColumn, AgentColumns])
        {
            if (options.Has(other))
            {
                throw options.Invalid(ForcingValues, $"both {ForcingValues} and {other}", "either a forcing file or values");
            }
        }

        IReadOnlyList<double> values = options.Numbers(ForcingValues);
        if (values.Count == 0)
        {
            throw options.Invalid(ForcingValues, "an empty list", "one forcing per year");
        }

        int first = options.Integer(FirstYear);
        return new ForcingSeries([.. Enumerable.Range(0, values.Count).Select(i => (double)first + i)], values);
    }

    private static ForcingSeries ReadFile(ModelOptions options, IDataFiles files)
    {
        if (!options.Has(Forcing))
        {
            throw options.Invalid(Forcing, "nothing", $"a forcing file, or {ForcingValues} with {FirstYear}");
        }

        if (options.Has(FirstYear))
        {
            throw options.Invalid(FirstYear, "a year beside a forcing file", "none: the file has a time column");
        }

        DataTable table = files.ReadTable(options.Text(Forcing));
        string timeColumn = options.Text(TimeColumn, "year");
        string totalColumn = options.Text(TotalColumn, "total");
        double[] years = table.Numbers(timeColumn);
        double[] total = table.Numbers(totalColumn);
        if (years.Length == 0)
        {
            throw new DataFileException(table.Path, 0, 0, "no rows", "one row per year");
        }

        if (ForcingSeries.FirstIrregularYear(years) is int irregular and >= 0)
        {
            throw table.Invalid(
                irregular,
                timeColumn,
                FormattableString.Invariant($"{years[irregular]:R}"),
                FormattableString.Invariant($"{years[irregular - 1] + 1:R}, the year after the row above"));
        }

        return new ForcingSeries(years, total, ReadAgents(options, table, timeColumn, totalColumn));
    }

    private static List<KeyValuePair<string, double[]>> ReadAgents(
        ModelOptions options, DataTable table, string timeColumn, string totalColumn)
    {
        string[] columns = options.Has(AgentColumns)
            ? [.. options.Texts(AgentColumns)]
            : [.. table.Columns.Where(c => c.Length > 0 && c != timeColumn && c != totalColumn)];
        if (columns.Length > LargestAgentCount)
        {
            throw options.Invalid(AgentColumns, $"{columns.Length} columns", $"at most {LargestAgentCount} agents");
        }

        List<KeyValuePair<string, double[]>> agents = [.. columns.Select(c => KeyValuePair.Create(c, table.Numbers(c)))];
        IGrouping<string, string>? clash = agents.Select(a => a.Key)
            .GroupBy(TwoLayerParameters.ScaleName, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        return clash is null
            ? agents
            : throw options.Invalid(
                AgentColumns,
                $"columns {string.Join(" and ", clash.Select(c => $"'{c}'"))}, whose scales would both be called {clash.Key}",
                "agents whose names differ in letters or digits");
    }
}
