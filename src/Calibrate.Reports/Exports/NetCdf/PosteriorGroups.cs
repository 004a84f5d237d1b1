using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports.NetCdf;

/// <summary>
/// The groups <c>posterior</c> and <c>sample_stats</c>, written slab by slab. A variable lies in the file in chunks of all walkers of an
/// ensemble and some draws, and each slab is a whole number of chunks: no chunk is written twice.
/// </summary>
internal sealed class PosteriorGroups
{
    private const int LargestChunk = 1 << 16; // numbers: 512 KiB

    private readonly ExportSource source;
    private readonly NetCdfGroup posterior;
    private readonly NetCdfGroup statistics;
    private readonly List<(int Id, ExportVariable Variable)> variables = [];
    private readonly int logPosterior;
    private readonly int drawsPerSlab;
    private readonly DrawDimensions statisticsDimensions;
    private double[] vectors = [];

    private PosteriorGroups(NetCdfGroup root, ExportSource source, Action<NetCdfGroup> describe)
    {
        this.source = source;
        var quantities = ExportVariable.Of(source.Problem);
        var columns = 1 + quantities.Sum(variable => variable.Length);
        var drawsPerChunk = Math.Clamp(LargestChunk / source.Walkers, 1, source.DrawsPerSlab(columns));
        drawsPerSlab = source.DrawsPerSlab(columns, multipleOf: drawsPerChunk);
        int[] chunks = [source.Walkers, drawsPerChunk];

        posterior = root.AddGroup("posterior");
        describe(posterior);
        var dimensions = Dimensions(posterior);
        string[] dimensionNames = [.. quantities.Select(variable => variable.Name + "_dim_0")];
        var names = ExportNames.Fit(quantities.Select(variable => variable.Name), IsAllowed, [.. DrawDimensions.Taken, .. dimensionNames]);
        foreach (var (variable, name) in quantities.Zip(names))
        {
            NetCdfDimension? places = variable.Axis is null ? null : DrawDimensions.AddPlaces(posterior, name + "_dim_0", variable.Axis, variable.Length);
            variables.Add((dimensions.AddVariable(name, variable, places, places is null ? chunks : [.. chunks, variable.Length]), variable));
        }

        statistics = root.AddGroup("sample_stats");
        describe(statistics);
        statisticsDimensions = Dimensions(statistics);
        logPosterior = statisticsDimensions.AddVariable(
            "lp", new ExportVariable("lp", [RunReader.LogPosterior], null, null, "log likelihood + log prior, in natural space"), null, chunks);
    }

    /// <summary>Adds both groups.</summary>
    /// <param name="root">The file's root.</param>
    /// <param name="source">The draws.</param>
    /// <param name="describe">Gives a group the attributes of the run.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteAsync(NetCdfGroup root, ExportSource source, Action<NetCdfGroup> describe, CancellationToken cancellationToken)
    {
        var groups = new PosteriorGroups(root, source, describe);
        string[] columns = [RunReader.LogPosterior, .. groups.variables.SelectMany(pair => pair.Variable.Columns)];
        var slabs = source.Slabs(columns, groups.drawsPerSlab);
        await foreach (var slab in slabs.ReadAsync(cancellationToken))
        {
            groups.Write(slab);
        }

        groups.WriteAcceptance(slabs);
    }

    /// <summary>The characters of names in netCDF: no slash, no control characters.</summary>
    public static bool IsAllowed(char character) => character != '/' && !char.IsControl(character);

    private DrawDimensions Dimensions(NetCdfGroup group)
    {
        var dimensions = new DrawDimensions(group, source.Chains, source.DrawsPerChain);
        dimensions.AddCoordinate("ensemble", dimensions.Chain, Enumerable.Range(0, source.Chains).Select(chain => source.Ensembles[chain / source.Walkers]));
        dimensions.AddCoordinate("walker", dimensions.Chain, Enumerable.Range(0, source.Chains).Select(chain => chain % source.Walkers));
        dimensions.AddCoordinate("iteration", dimensions.Draw, Enumerable.Range(0, source.DrawsPerChain).Select(source.Reader.IterationOf));
        return dimensions;
    }

    private void Write(DrawSlab slab)
    {
        var chain = source.PlaceOf(slab.Ensemble) * source.Walkers;
        statistics.Write(logPosterior, [chain, slab.FirstDraw], [slab.Walkers, slab.Draws], slab.Columns[0].All);
        var first = 1;
        foreach (var (id, variable) in variables)
        {
            if (variable.Axis is null)
            {
                posterior.Write(id, [chain, slab.FirstDraw], [slab.Walkers, slab.Draws], slab.Columns[first].All);
            }
            else
            {
                var count = slab.Walkers * slab.Draws * variable.Length;
                Array.Resize(ref vectors, Math.Max(vectors.Length, count));
                DrawOrder.ToVectors(slab, first, variable.Length, vectors);
                posterior.Write(id, [chain, slab.FirstDraw, 0], [slab.Walkers, slab.Draws, variable.Length], vectors.AsSpan(0, count));
            }

            first += variable.Length;
        }
    }

    private void WriteAcceptance(DrawSlabs slabs)
    {
        var rates = new double[source.Chains];
        for (var chain = 0; chain < rates.Length; chain++)
        {
            var ensemble = source.Ensembles[chain / source.Walkers];
            rates[chain] = (double)slabs.Accepted(ensemble)[chain % source.Walkers] / slabs.Steps(ensemble);
        }

        var variable = statistics.AddVariable("acceptance_rate", NetCdfLibrary.Double, [statisticsDimensions.Chain]);
        statistics.SetAttribute("long_name", "share of the chain's proposals that were accepted, over the blocks of the journal that hold its draws", variable);
        statistics.SetAttribute("coordinates", "ensemble walker", variable);
        statistics.Write(variable, [0], [rates.Length], rates);
    }
}
