using System.Globalization;
using System.Text;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Parameters;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports;

/// <summary>
/// Writes draws as GetDist's chains: <c>draws_1.txt</c>, ... with one file per ensemble, <c>draws.paramnames</c> and <c>draws.ranges</c>. A row is weight
/// (1), minus the log posterior, and every quantity; derived quantities and recorded outputs are marked as derived.
/// </summary>
/// <remarks>
/// A file per ensemble, because only ensembles are independent: GetDist's R - 1 is then what it says. Rows go walker by walker, so that successive
/// rows are successive draws of one walker, as GetDist's correlation lengths take them to be. Format: GetDist's documentation, "Chains".
/// </remarks>
internal sealed class GetDistExport : IRunExporter
{
    public ExportFormat Format { get; } = new(".txt", "GetDist, a file per ensemble");

    public bool NeedsPosterior => true;

    public async Task<IReadOnlyList<string>> WriteAsync(ExportSource source, string path, PendingFiles files, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw new RunRefusedException($"{path} is there: GetDist would read it together with the files of this export, which are numbered. Delete it, or choose another name.");
        }

        var paths = NumberedFiles.Of(path, Format.Ending, source.Ensembles.Count).Select(files.Add).ToList();
        var root = path[..^Format.Ending.Length];
        var names = ExportNames.Fit(source.Names, character => !char.IsWhiteSpace(character) && character is not '*' and not '?' and not '#');
        File.WriteAllText(files.Add(root + ".paramnames"), ParameterNames(source, names));
        File.WriteAllText(files.Add(root + ".ranges"), Ranges(source, names));
        string[] chains = [.. Enumerable.Range(0, source.Chains).Select(_ => files.AddScratch(path))];
        await ChainTexts.AppendAsync(source, [RunReader.LogPosterior, .. source.Names], chains, WriteRow, cancellationToken);
        for (var chain = 0; chain < chains.Length; chain++)
        {
            await using var to = ChainTexts.Append(paths[chain / source.Walkers]);
            await using (var from = File.OpenRead(chains[chain]))
            {
                await from.CopyToAsync(to, cancellationToken);
            }

            File.Delete(chains[chain]);
        }

        return [];
    }

    private static void WriteRow(Utf8Rows rows, DrawSlab slab, int walker, int draw)
    {
        rows.Add(1L);
        rows.Add(' ');
        rows.Add(-slab.Columns[0].Chain(walker)[draw]);
        for (var c = 1; c < slab.Columns.Count; c++)
        {
            rows.Add(' ');
            rows.Add(slab.Columns[c].Chain(walker)[draw]);
        }

        rows.Add('\n');
    }

    private static string ParameterNames(ExportSource source, IReadOnlyList<string> names)
    {
        var labels = ExportVariable.Of(source.Problem).Where(variable => variable.Axis is null).ToDictionary(variable => variable.Name, variable => variable.Label);
        StringBuilder text = new();
        for (var i = 0; i < names.Count; i++)
        {
            var mark = i < source.Problem.SampledNames.Count ? "" : "*";
            text.Append(CultureInfo.InvariantCulture, $"{names[i]}{mark}\t{LatexLabel.Of(source.Names[i], labels.GetValueOrDefault(source.Names[i]))}\n");
        }

        return text.ToString();
    }

    private static string Ranges(ExportSource source, IReadOnlyList<string> names)
    {
        StringBuilder text = new();
        for (var i = 0; i < source.Problem.SampledNames.Count; i++)
        {
            var support = SupportOf(source.Problem, source.Problem.SampledNames[i]);
            text.Append(CultureInfo.InvariantCulture, $"{names[i]}\t{End(support.Lower)}\t{End(support.Upper)}\n");
        }

        return text.ToString();
    }

    private static Support SupportOf(Problem problem, string name)
    {
        Parameter parameter = problem.Parameters.First(candidate => candidate.Name == name);
        return parameter.Prior is { } prior ? parameter.Bounds.Intersect(prior.Support) : parameter.Bounds;
    }

    // N says that there is no end.
    private static string End(double value) => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "N";
}
