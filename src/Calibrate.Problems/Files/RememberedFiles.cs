using System.Text;
using Calibrate.Problems.Data;

namespace Calibrate.Problems.Files;

/// <summary>Data files from somewhere, kept as they were read: their bytes are part of the problem and go where the problem goes.</summary>
public abstract class RememberedFiles : IDataFiles, IFilesRead
{
    private readonly Dictionary<string, Fingerprint> digests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> contents = new(StringComparer.Ordinal);

    IReadOnlyDictionary<string, Fingerprint> IFilesRead.Digests => digests;

    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> IFilesRead.Contents => contents;

    /// <inheritdoc/>
    public DataTable ReadTable(string path, DataTableFormat? format = null) => DataTable.Parse(path, ReadText(path), format);

    /// <inheritdoc/>
    public double[][] ReadMatrix(string path) => MatrixText.Parse(path, ReadText(path));

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="path">The path as the problem file gives it.</param>
    /// <exception cref="DataFileException">There is no such file, or it may not be read.</exception>
    protected abstract ReadOnlyMemory<byte> ReadBytes(string path);

    /// <inheritdoc/>
    public abstract bool Has(string path);

    /// <inheritdoc/>
    /// <remarks>A file that is named several times is read once: everybody sees the same bytes, whatever happens to it meanwhile.</remarks>
    public ReadOnlyMemory<byte> Read(string path)
    {
        if (!contents.TryGetValue(path, out ReadOnlyMemory<byte> bytes))
        {
            bytes = ReadBytes(path);
            contents.Add(path, bytes);
            digests.Add(path, Fingerprint.Of(bytes.Span));
        }

        return bytes;
    }

    private string ReadText(string path) => Encoding.UTF8.GetString(Read(path).Span);
}
