using System.Globalization;
using System.Reflection;
using Calibrate.Reports.Predictive;

namespace Calibrate.Reports.Exports.NetCdf;

/// <summary>
/// Writes draws as netCDF-4 in the layout of ArviZ' <c>InferenceData</c>: groups <c>posterior</c>, <c>sample_stats</c>, <c>prior</c>,
/// <c>observed_data</c>, <c>posterior_predictive</c>, <c>log_likelihood</c>. A chain is a walker; ensembles follow one another.
/// </summary>
/// <remarks>Layout: ArviZ' "InferenceData schema specification", and what <c>InferenceData.to_netcdf</c> writes.</remarks>
internal sealed class InferenceDataExport : IRunExporter
{
    private static readonly string Version =
        typeof(InferenceDataExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public ExportFormat Format { get; } = new(".nc", "netCDF for ArviZ and xarray");

    public bool NeedsPosterior => true;

    public async Task<IReadOnlyList<string>> WriteAsync(ExportSource source, string path, PendingFiles files, CancellationToken cancellationToken)
    {
        using var file = NetCdfFile.Create(NetCdfLibrary.OfThisMachine(), files.Add(path));
        Describe(file.Root, source);
        List<string> notes = [];
        await PosteriorGroups.WriteAsync(file.Root, source, group => Describe(group, source), cancellationToken);
        if (PriorSample.Draw(source.Problem, PriorGroup.Draws, source.Reader.State.Identity.Seed) is { } prior)
        {
            PriorGroup.Write(file.Root, source.Problem, prior, group => Describe(group, source));
        }
        else
        {
            notes.Add("There is no group 'prior': a flat prior without two finite bounds cannot be drawn from.");
        }

        notes.AddRange(await PredictiveGroups.WriteAsync(file.Root, source, group => Describe(group, source), cancellationToken));
        file.Close();
        return notes;
    }

    private static void Describe(NetCdfGroup group, ExportSource source)
    {
        var (reader, identity) = (source.Reader, source.Reader.State.Identity);
        group.SetAttribute("created_at", source.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture));
        group.SetAttribute("creation_library", "Calibrate");
        group.SetAttribute("creation_library_version", Version);
        group.SetAttribute("creation_library_language", "C#");
        group.SetAttribute("inference_library", "calibrate");
        group.SetAttribute("inference_library_version", identity.CalibrateVersion);
        group.SetAttribute("sampling_time", reader.State.Seconds);
        group.SetAttribute("tuning_steps", (long)reader.WarmUp);
        group.SetAttribute("thin", (long)reader.Thin);
        group.SetAttribute("run", identity.Run);
        group.SetAttribute("problem", identity.Problem);
        group.SetAttribute("method", identity.Method);
        group.SetAttribute("seed", identity.Seed.ToString(CultureInfo.InvariantCulture));
        group.SetAttribute("chain_fingerprint", identity.ChainFingerprint);
        group.SetAttribute("last_iteration", (long)reader.Iteration);
    }
}
