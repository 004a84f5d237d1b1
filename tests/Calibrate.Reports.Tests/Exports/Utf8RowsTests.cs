using System.Globalization;
using System.Text;
using Calibrate.Reports.Exports;

namespace Calibrate.Reports.Tests.Exports;

public class Utf8RowsTests
{
    [Fact]
    public void Numbers_text_and_separators_come_in_the_order_they_were_written()
    {
        Assert.Equal("Δ 1,-0.5;NaN -Infinity 1E-310\n-9223372036854775808", Written(rows =>
        {
            rows.Add("Δ ");
            rows.Add(1L);
            rows.Add(',');
            rows.Add(-0.5);
            rows.Add(';');
            rows.Add(double.NaN);
            rows.Add(' ');
            rows.Add(double.NegativeInfinity);
            rows.Add(' ');
            rows.Add(1e-310);
            rows.Add("\n");
            rows.Add(long.MinValue);
        }));
    }

    [Fact]
    public void More_than_a_buffer_reads_back_to_the_same_bits()
    {
        double[] values = [.. Enumerable.Range(0, 20_000).Select(i => Math.Sin(i) * Math.Pow(10, (i % 600) - 300))];

        var text = Written(rows => Array.ForEach(values, value =>
        {
            rows.Add(value);
            rows.Add(' ');
        }));

        Assert.Equal(values, text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => double.Parse(field, CultureInfo.InvariantCulture)));
    }

    private static string Written(Action<Utf8Rows> write)
    {
        var stream = new MemoryStream();
        using (var rows = new Utf8Rows(stream))
        {
            write(rows);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
