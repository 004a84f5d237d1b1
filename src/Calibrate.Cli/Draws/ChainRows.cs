namespace Calibrate.Cli.Draws;

/// <summary>The rows of one chain while a file is read; put into the order of their draw numbers at the end.</summary>
internal sealed class ChainRows(int columns)
{
    private readonly List<double> _order = [];
    private readonly List<double> _values = [];

    public int Count => _order.Count;

    public void Add(double order, IEnumerable<double> values)
    {
        _order.Add(order);
        _values.AddRange(values);
    }

    /// <summary>One column in draw order, without its first <paramref name="skipped"/> draws.</summary>
    public double[] Column(int column, int skipped)
    {
        var rows = Enumerable.Range(0, Count).OrderBy(row => _order[row]);
        return [.. rows.Skip(skipped).Select(row => _values[(row * columns) + column])];
    }
}
