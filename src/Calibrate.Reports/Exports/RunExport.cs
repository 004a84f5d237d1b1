using System.Globalization;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Reports.Exports.Hdf5;
using Calibrate.Reports.Exports.NetCdf;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports;

/// <summary>Writes the draws of a run for other programs. Memory holds some tens of megabytes, whatever the length of the run.</summary>
public static class RunExport
{
    // Longer endings first: .cmdstan.csv is a .csv too.
    private static readonly IRunExporter[] Exporters =
    [
        new InferenceDataExport(),
        new EmceeExport(),
        new CmdStanExport(),
        new CsvExport(),
        new GetDistExport(),
        new NpyExport(),
        new NpzExport(),
    ];

    /// <summary>The formats, by the ending of the file's name.</summary>
    public static IReadOnlyList<ExportFormat> Formats { get; } = [.. Exporters.Select(exporter => exporter.Format)];

    /// <summary>Says what is wrong with a file's name before anything is read, by throwing.</summary>
    /// <param name="path">The file to write.</param>
    /// <exception cref="RunRefusedException">Its ending says no format, it is a folder, or its folder is not there.</exception>
    public static void Check(string path)
    {
        _ = ExporterFor(path);
        if (Directory.Exists(path))
        {
            throw new RunRefusedException($"{path}: this is a folder; a file was expected.");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new RunRefusedException($"{path}: there is no folder {folder}.");
        }
    }

    /// <summary>Writes draws to a file, or to several where the format has several; they appear, or replace older ones, when all are complete.</summary>
    /// <param name="reader">The run, as it was opened.</param>
    /// <param name="problem">The problem the run was started with.</param>
    /// <param name="options">What to export and where to.</param>
    /// <param name="time">Gives the time of the export, which some formats keep.</param>
    /// <param name="cancellationToken">Ends the writing and leaves no file.</param>
    /// <exception cref="RunRefusedException">The options make no sense for this run, or a library is missing.</exception>
    /// <exception cref="RunException">The draws cannot be read, or not be written in this format.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static async Task<ExportResult> WriteAsync(
        RunReader reader, Problem problem, ExportOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        Check(options.Path);
        var exporter = ExporterFor(options.Path);
        if (exporter.NeedsPosterior && problem.Method is not EnsembleSpecification)
        {
            throw new RunRefusedException(
                $"{options.Path}: the run is a {problem.Method.Name}, whose draws are not those of a posterior; .csv, .npy and .npz take them.");
        }

        var source = new ExportSource(reader.Select(options.Discard, options.Thin), problem, options.Ensemble, options.Predictive, time.GetUtcNow());
        using var files = new PendingFiles();
        var notes = await exporter.WriteAsync(source, options.Path, files, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new ExportResult(source.Draws, files.Commit(), notes);
    }

    private static IRunExporter ExporterFor(string path)
    {
        var name = Path.GetFileName(path);
        return Array.Find(Exporters, exporter =>
                name.EndsWith(exporter.Format.Ending, StringComparison.OrdinalIgnoreCase) && name.Length > exporter.Format.Ending.Length)
            ?? throw new RunRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path}: its ending says the format, and this one says none: a file that ends in {string.Join(", ", Formats.Select(f => $"{f.Ending} ({f.Description})"))} was expected."));
    }
}

/// <summary>Writes one format.</summary>
internal interface IRunExporter
{
    /// <summary>The format.</summary>
    ExportFormat Format { get; }

    /// <summary>Whether the format says that its draws are those of a posterior.</summary>
    bool NeedsPosterior { get; }

    /// <summary>Writes the draws into pending files.</summary>
    /// <param name="source">The draws.</param>
    /// <param name="path">The file that was asked for.</param>
    /// <param name="files">Gives the places to write to.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>What the run could not fill, for the user.</returns>
    Task<IReadOnlyList<string>> WriteAsync(ExportSource source, string path, PendingFiles files, CancellationToken cancellationToken);
}
