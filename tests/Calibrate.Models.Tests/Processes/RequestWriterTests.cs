using System.Text;
using System.Text.Json;
using Calibrate.Models.Processes;

namespace Calibrate.Models.Tests.Processes;

public class RequestWriterTests
{
    [Fact]
    public void A_request_names_its_points_in_the_order_of_the_batch() =>
        Assert.Equal("{\"id\":7,\"points\":[[2.0,-0.5],[3.0,1E+20]]}\n", Write(7, [1, 2, 3, 0, -0.5, 1e20], 3, 1, 2));

    [Fact]
    public void Whole_numbers_have_a_point_so_that_no_reader_takes_them_for_integers() =>
        Assert.Equal("{\"id\":1,\"points\":[[-0.0]]}\n", Write(1, [-0.0], 1, 0, 1));

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(-2.2250738585072014E-308)]
    [InlineData(0.1)]
    [InlineData(123456789012345680)]
    public void Every_number_reads_as_the_same_bits(double value)
    {
        using JsonDocument read = JsonDocument.Parse(Write(1, [value], 1, 0, 1));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read.RootElement.GetProperty("points")[0][0].GetDouble()));
    }

    [Fact]
    public void The_longest_numbers_fit() =>
        Assert.Equal(4096, JsonDocument.Parse(Write(long.MaxValue, [.. Enumerable.Repeat(-2.2250738585072014E-308, 8192)], 4096, 0, 4096)).RootElement.GetProperty("points").GetArrayLength());

    private static string Write(long id, double[] points, int count, int start, int size) =>
        Encoding.UTF8.GetString(new RequestWriter().Write(id, points, count, start, size));
}
