using System.Runtime.InteropServices;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports;

/// <summary>
/// Writes draws as one NumPy array of records, <c>[ensemble, draw, walker]</c>, with a field for the log posterior and each quantity:
/// <c>numpy.load("draws.npy")["lambda0"]</c>.
/// </summary>
internal sealed class NpyExport : IRunExporter
{
    public ExportFormat Format { get; } = new(".npy", "NumPy, one array of records");

    public bool NeedsPosterior => false;

    public async Task<IReadOnlyList<string>> WriteAsync(ExportSource source, string path, PendingFiles files, CancellationToken cancellationToken)
    {
        string[] columns = [RunReader.LogPosterior, .. source.Names];
        var header = NpyHeader.OfRecords(columns, source.Ensembles.Count, source.DrawsPerChain, source.Walkers);
        using var file = File.OpenHandle(files.Add(path), FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, header, 0);
        var bytesPerDraw = (long)source.Walkers * columns.Length * sizeof(double);
        double[] records = [];
        await foreach (var slab in source.Slabs(columns, source.DrawsPerSlab(columns.Length)).ReadAsync(cancellationToken))
        {
            var count = slab.Draws * slab.Walkers * columns.Length;
            Array.Resize(ref records, Math.Max(records.Length, count));
            DrawOrder.ToRecords(slab, 0, columns.Length, records);
            var draw = ((long)source.PlaceOf(slab.Ensemble) * source.DrawsPerChain) + slab.FirstDraw;
            RandomAccess.Write(file, MemoryMarshal.AsBytes(records.AsSpan(0, count)), header.Length + (draw * bytesPerDraw));
        }

        return [];
    }
}
