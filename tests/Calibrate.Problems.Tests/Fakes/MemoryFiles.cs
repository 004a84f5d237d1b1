using System.Text;
using Calibrate.Problems.Data;

namespace Calibrate.Problems.Tests.Fakes;

/// <summary>Data files in memory.</summary>
internal sealed class MemoryFiles(params (string Path, string Text)[] files) : IDataFiles, IFilesRead
{
    private readonly Dictionary<string, Fingerprint> digests = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Fingerprint> Digests => digests;

    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Contents =>
        digests.Keys.ToDictionary(path => path, path => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(Text(path))), StringComparer.Ordinal);

    public DataTable ReadTable(string path, DataTableFormat? format = null) => DataTable.Parse(path, Text(path), format);

    public double[][] ReadMatrix(string path) => MatrixText.Parse(path, Text(path));

    public ReadOnlyMemory<byte> Read(string path) => Encoding.UTF8.GetBytes(Text(path));

    public bool Has(string path) => files.Any(f => f.Path == path);

    private string Text(string path)
    {
        int index = Array.FindIndex(files, f => f.Path == path);
        if (index < 0)
        {
            throw new DataFileException(path, 0, 0, "no such file", "a data file");
        }

        digests[path] = Fingerprint.Of(Encoding.UTF8.GetBytes(files[index].Text));
        return files[index].Text;
    }
}
