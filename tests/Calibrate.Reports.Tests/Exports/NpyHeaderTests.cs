using System.Text;
using Calibrate.Reports.Exports;

namespace Calibrate.Reports.Tests.Exports;

public class NpyHeaderTests
{
    /// <summary>What numpy 1.24 writes for <c>numpy.save(f, numpy.zeros((3, 4)))</c>, but for the comma that Python's tuples may end in.</summary>
    [Fact]
    public void A_plain_array_has_the_header_of_version_1()
    {
        var header = NpyHeader.Of("<f8", 3, 4);

        Assert.Equal(128, header.Length);
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0], header[..10]);
        Assert.Equal("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4, ), }", Encoding.ASCII.GetString(header, 10, 118).TrimEnd());
        Assert.Equal((byte)'\n', header[^1]);
    }

    [Fact]
    public void Names_that_are_not_ascii_need_version_3() => Assert.Equal(3, NpyHeader.OfRecords(["Δ"], 1)[6]);

    [Fact]
    public void Many_names_need_version_2()
    {
        var header = NpyHeader.OfRecords(Enumerable.Range(0, 5000).Select(i => $"output@{i}"), 1);

        Assert.Equal(2, header[6]);
        Assert.Equal(header.Length - 12, BitConverter.ToInt32(header, 8));
    }

    [Fact]
    public void Quotes_and_backslashes_in_names_are_escaped() =>
        Assert.Contains(@"('a\'b\\c', '<f8')", Encoding.ASCII.GetString(NpyHeader.OfRecords([@"a'b\c"], 1)), StringComparison.Ordinal);
}
