using Calibrate.Problems;
using Calibrate.Reports.Predictive;

namespace Calibrate.Reports.Exports.NetCdf;

/// <summary>The group <c>prior</c>: one chain of independent draws of the free parameters, and of the derived quantities that need no model output.</summary>
internal static class PriorGroup
{
    /// <summary>Draws: quantiles of 1 % rest on ten of them.</summary>
    public const int Draws = 1000;

    /// <summary>Adds the group.</summary>
    /// <param name="root">The file's root.</param>
    /// <param name="problem">The problem.</param>
    /// <param name="prior">The draws.</param>
    /// <param name="describe">Gives a group the attributes of the run.</param>
    public static void Write(NetCdfGroup root, Problem problem, PriorSample prior, Action<NetCdfGroup> describe)
    {
        var group = root.AddGroup("prior");
        describe(group);
        var dimensions = new DrawDimensions(group, 1, prior.Natural.Count);
        var quantities = ExportVariable.Of(problem).Take(problem.ReportedNames.Count).ToArray();
        var names = ExportNames.Fit(quantities.Select(quantity => quantity.Name), PosteriorGroups.IsAllowed, DrawDimensions.Taken);
        for (var i = 0; i < quantities.Length; i++)
        {
            var values = Values(problem, prior, i);
            if (!Array.TrueForAll(values, double.IsNaN))
            {
                group.Write(dimensions.AddVariable(names[i], quantities[i], null, null), [0, 0], [1, values.Length], values);
            }
        }
    }

    private static double[] Values(Problem problem, PriorSample prior, int quantity)
    {
        var derived = quantity - problem.SampledNames.Count;
        if (derived >= 0)
        {
            return [.. prior.Derived.Select(draw => draw[derived])];
        }

        var place = problem.NaturalNames.Index().First(pair => pair.Item == problem.SampledNames[quantity]).Index;
        return [.. prior.Natural.Select(draw => draw[place])];
    }
}
