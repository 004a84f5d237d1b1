namespace Calibrate.Reports.Exports.NetCdf;

/// <summary>The dimensions <c>chain</c> and <c>draw</c> of a group, with their indexes; and how its variables refer to what else is known of them.</summary>
internal sealed class DrawDimensions
{
    /// <summary>Names that no variable may have.</summary>
    public static readonly string[] Taken = ["chain", "draw", "ensemble", "walker", "iteration"];

    private readonly NetCdfGroup group;
    private readonly List<string> further = [];

    /// <summary>Adds the dimensions to a group.</summary>
    public DrawDimensions(NetCdfGroup group, int chains, int draws)
    {
        this.group = group;
        Chain = group.AddDimension("chain", chains);
        Draw = group.AddDimension("draw", draws);
        AddIndex("chain", Chain);
        AddIndex("draw", Draw);
    }

    /// <summary>The chains.</summary>
    public NetCdfDimension Chain { get; }

    /// <summary>The draws of each.</summary>
    public NetCdfDimension Draw { get; }

    /// <summary>Says more of each chain or draw, in a coordinate that is no index.</summary>
    public void AddCoordinate(string name, NetCdfDimension along, IEnumerable<int> values)
    {
        further.Add(name);
        group.Write(group.AddVariable(name, NetCdfLibrary.Int64, [along]), [.. values.Select(value => (long)value)]);
    }

    /// <summary>A dimension of places, with their coordinates.</summary>
    /// <param name="group">Where.</param>
    /// <param name="name">Its name.</param>
    /// <param name="places">The coordinates; null numbers the places from 0.</param>
    /// <param name="count">Number of places.</param>
    public static NetCdfDimension AddPlaces(NetCdfGroup group, string name, IReadOnlyList<double>? places, int count)
    {
        var dimension = group.AddDimension(name, count);
        var variable = group.AddVariable(name, NetCdfLibrary.Double, [dimension]);
        group.Write(variable, [0], [count], [.. places ?? [.. Enumerable.Range(0, count).Select(place => (double)place)]]);
        return dimension;
    }

    /// <summary>Adds a variable along chain, draw and perhaps a third dimension.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variable">What it holds.</param>
    /// <param name="places">The third dimension.</param>
    /// <param name="chunks">The pieces it lies in; null to leave that to the library.</param>
    public int AddVariable(string name, ExportVariable variable, NetCdfDimension? places, IReadOnlyList<int>? chunks)
    {
        NetCdfDimension[] dimensions = places is { } third ? [Chain, Draw, third] : [Chain, Draw];
        var added = group.AddVariable(name, NetCdfLibrary.Double, dimensions, chunks);
        if (variable.Unit is { Length: > 0 } unit)
        {
            group.SetAttribute("units", unit, added);
        }

        if (variable.Label is { Length: > 0 } || name != variable.Name)
        {
            group.SetAttribute("long_name", variable.Label ?? variable.Name, added);
        }

        if (further.Count > 0)
        {
            // The climate and forecast convention: xarray makes coordinates, not data, of the variables named here.
            group.SetAttribute("coordinates", string.Join(' ', further), added);
        }

        return added;
    }

    private void AddIndex(string name, NetCdfDimension dimension) => group.Write(
        group.AddVariable(name, NetCdfLibrary.Int64, [dimension]),
        [.. Enumerable.Range(0, dimension.Length).Select(index => (long)index)]);
}
