using System.IO.Compression;
using System.Runtime.InteropServices;
using Calibrate.Runtime.Reading;
using Microsoft.Win32.SafeHandles;

namespace Calibrate.Reports.Exports;

/// <summary>
/// Writes draws as NumPy's archive of arrays: one per quantity, <c>[chain, draw]</c> or <c>[chain, draw, place on the output's axis]</c>, and what
/// the indexes mean: <c>ensemble</c> and <c>walker</c> of every chain, <c>iteration</c> of every draw.
/// </summary>
/// <remarks>
/// An archive is written array by array, and the journal holds all quantities of an iteration together: they are sorted into a scratch file first,
/// so that the journal is read once.
/// </remarks>
internal sealed class NpzExport : IRunExporter
{
    private const int CopyBytes = 1 << 20;

    private static readonly string[] Indexes = ["ensemble", "walker", "iteration"];

    public ExportFormat Format { get; } = new(".npz", "NumPy, an array per quantity");

    public bool NeedsPosterior => false;

    public async Task<IReadOnlyList<string>> WriteAsync(ExportSource source, string path, PendingFiles files, CancellationToken cancellationToken)
    {
        List<ExportVariable> variables =
        [
            new ExportVariable(RunReader.LogPosterior, [RunReader.LogPosterior], null, null, null),
            .. ExportVariable.Of(source.Problem),
        ];
        using var scratch = File.OpenHandle(files.AddScratch(path), FileMode.CreateNew, FileAccess.ReadWrite);
        await SortAsync(source, variables, scratch, cancellationToken);
        using var archive = new ZipArchive(new FileStream(files.Add(path), FileMode.CreateNew), ZipArchiveMode.Create);
        var names = ExportNames.Fit(variables.Select(variable => variable.Name).Concat(Indexes), character => character is not '/' and not '\\' and >= ' ');
        var begin = 0L;
        foreach (var (variable, name) in variables.Zip(names))
        {
            var header = variable.Axis is null
                ? NpyHeader.Of("<f8", source.Chains, source.DrawsPerChain)
                : NpyHeader.Of("<f8", source.Chains, source.DrawsPerChain, variable.Length);
            using var entry = Open(archive, name, source, header);
            var bytes = source.Draws * variable.Length * sizeof(double);
            Copy(scratch, begin, bytes, entry, cancellationToken);
            begin += bytes;
        }

        var indexNames = names.Skip(variables.Count).ToArray();
        Add(archive, source, indexNames[0], source.Chains, chain => source.Ensembles[chain / source.Walkers]);
        Add(archive, source, indexNames[1], source.Chains, chain => chain % source.Walkers);
        Add(archive, source, indexNames[2], source.DrawsPerChain, source.Reader.IterationOf);
        return [];
    }

    // Every variable's array where the arrays of those before it end.
    private static async Task SortAsync(ExportSource source, List<ExportVariable> variables, SafeFileHandle scratch, CancellationToken cancellationToken)
    {
        string[] columns = [.. variables.SelectMany(variable => variable.Columns)];
        double[] vectors = [];
        await foreach (var slab in source.Slabs(columns, source.DrawsPerSlab(columns.Length)).ReadAsync(cancellationToken))
        {
            var first = 0;
            foreach (var variable in variables)
            {
                Array.Resize(ref vectors, Math.Max(vectors.Length, slab.Walkers * slab.Draws * variable.Length));
                DrawOrder.ToVectors(slab, first, variable.Length, vectors);
                for (var walker = 0; walker < slab.Walkers; walker++)
                {
                    var chain = ((long)source.PlaceOf(slab.Ensemble) * source.Walkers) + walker;
                    var place = (source.Draws * first) + (((chain * source.DrawsPerChain) + slab.FirstDraw) * variable.Length);
                    var run = vectors.AsSpan(walker * slab.Draws * variable.Length, slab.Draws * variable.Length);
                    RandomAccess.Write(scratch, MemoryMarshal.AsBytes(run), place * sizeof(double));
                }

                first += variable.Length;
            }
        }
    }

    private static void Copy(SafeFileHandle from, long begin, long bytes, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[CopyBytes];
        for (var done = 0L; done < bytes;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(from, buffer.AsSpan(0, (int)Math.Min(buffer.Length, bytes - done)), begin + done);
            to.Write(buffer.AsSpan(0, read));
            done += read;
        }
    }

    private static void Add(ZipArchive archive, ExportSource source, string name, int count, Func<int, int> value)
    {
        using var entry = Open(archive, name, source, NpyHeader.Of("<i8", count));
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = value(i);
        }

        entry.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static Stream Open(ZipArchive archive, string name, ExportSource source, byte[] header)
    {
        var entry = archive.CreateEntry(name + ".npy", CompressionLevel.NoCompression);
        entry.LastWriteTime = source.CreatedAt;
        var stream = entry.Open();
        stream.Write(header);
        return stream;
    }
}
