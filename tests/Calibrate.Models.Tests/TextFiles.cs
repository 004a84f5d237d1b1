using System.Text;
using Calibrate.Problems.Data;

namespace Calibrate.Models.Tests;

/// <summary>Data files held in memory.</summary>
internal sealed class TextFiles : Dictionary<string, string>, IDataFiles
{
    public TextFiles()
        : base(StringComparer.Ordinal)
    {
    }

    public DataTable ReadTable(string path, DataTableFormat? format = null) => TryGetValue(path, out string? text)
        ? DataTable.Parse(path, text, format)
        : throw new DataFileException(path, 0, 0, "no file", "a CSV file");

    public ReadOnlyMemory<byte> Read(string path) => TryGetValue(path, out string? text)
        ? Encoding.UTF8.GetBytes(text)
        : throw new DataFileException(path, 0, 0, "no file", "a file");

    public bool Has(string path) => ContainsKey(path);

    public double[][] ReadMatrix(string path) => throw new DataFileException(path, 0, 0, "no file", "a matrix");
}
