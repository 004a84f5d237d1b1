namespace Calibrate.Problems.Data;

/// <summary>For problems without data files: every file is missing.</summary>
internal sealed class NoDataFiles : IDataFiles
{
    public static NoDataFiles Instance { get; } = new();

    public DataTable ReadTable(string path, DataTableFormat? format = null) => throw Missing(path);

    public double[][] ReadMatrix(string path) => throw Missing(path);

    public ReadOnlyMemory<byte> Read(string path) => throw Missing(path);

    public bool Has(string path) => false;

    private static DataFileException Missing(string path) =>
        new(path, 0, 0, "a file where none can be read", "a source of data files passed to the builder");
}
