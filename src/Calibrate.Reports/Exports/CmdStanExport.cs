using System.Globalization;
using System.Text;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports;

/// <summary>
/// Writes draws as CmdStan's CSV: <c>draws_1.cmdstan.csv</c>, ... with one file per chain, a walker being a chain; <c>lp__</c> first, vectors as
/// <c>name.1</c>, <c>name.2</c>, ... Readers: cmdstanpy's <c>from_csv</c>, arviz' <c>from_cmdstan</c>, R's cmdstanr and posterior.
/// </summary>
/// <remarks>
/// The comments are those of CmdStan's <c>sample</c> method with <c>algorithm = fixed_param</c>, the only one without a step size and a mass matrix.
/// cmdstanpy tells it by what is missing after <c>metric</c>. Format: CmdStan User's Guide, "Stan CSV file format".
/// </remarks>
internal sealed class CmdStanExport : IRunExporter
{
    public ExportFormat Format { get; } = new(".cmdstan.csv", "CmdStan, a file per walker");

    public bool NeedsPosterior => true;

    public async Task<IReadOnlyList<string>> WriteAsync(ExportSource source, string path, PendingFiles files, CancellationToken cancellationToken)
    {
        var paths = NumberedFiles.Of(path, Format.Ending, source.Chains).Select(files.Add).ToList();
        var variables = ExportVariable.Of(source.Problem);
        var header = string.Join(',', Header(variables)) + "\n";
        for (var chain = 0; chain < paths.Count; chain++)
        {
            await using var stream = ChainTexts.Append(paths[chain]);
            stream.Write(Encoding.UTF8.GetBytes(Configuration(source, chain) + header));
        }

        string[] columns = [RunReader.LogPosterior, .. variables.SelectMany(variable => variable.Columns)];
        await ChainTexts.AppendAsync(source, columns, paths, WriteRow, cancellationToken);
        return [];
    }

    private static void WriteRow(Utf8Rows rows, DrawSlab slab, int walker, int draw)
    {
        for (var c = 0; c < slab.Columns.Count; c++)
        {
            if (c > 0)
            {
                rows.Add(',');
            }

            rows.Add(slab.Columns[c].Chain(walker)[draw]);
        }

        rows.Add('\n');
    }

    private static IEnumerable<string> Header(IReadOnlyList<ExportVariable> variables)
    {
        yield return "lp__";
        var names = ExportNames.Fit(variables.Select(variable => variable.Name.EndsWith("__", StringComparison.Ordinal) ? variable.Name + "v" : variable.Name), ExportNames.IsIdentifier);
        foreach (var (variable, name) in variables.Zip(names))
        {
            for (var k = 1; k <= variable.Length; k++)
            {
                yield return variable.Axis is null ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{k}");
            }
        }
    }

    private static string Configuration(ExportSource source, int chain)
    {
        var (reader, thin) = (source.Reader, (long)source.Reader.Thin);
        var identity = reader.State.Identity;
        var model = ExportNames.Fit([identity.Problem], ExportNames.IsIdentifier)[0];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
             # stan_version_major = 2
             # stan_version_minor = 32
             # stan_version_patch = 0
             # model = {model}
             # start_datetime = {source.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC
             # method = sample (Default)
             #   sample
             #     num_samples = {source.DrawsPerChain * thin}
             #     num_warmup = {reader.WarmUp}
             #     save_warmup = 0 (Default)
             #     thin = {thin}
             #     algorithm = fixed_param
             #     metric = unit_e
             # id = {chain + 1}
             # random
             #   seed = {identity.Seed}
             # Written by Calibrate from run {identity.Run}, walker {chain % source.Walkers} of ensemble {source.Ensembles[chain / source.Walkers]}

             """).ReplaceLineEndings("\n");
    }
}
