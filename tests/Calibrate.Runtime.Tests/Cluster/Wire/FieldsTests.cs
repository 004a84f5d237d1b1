using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Google.Protobuf;

namespace Calibrate.Runtime.Tests.Cluster.Wire;

public class FieldsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a worker")]
    [InlineData("a#worker")]
    [InlineData("../a")]
    public void A_worker_whose_name_is_not_safe_in_queue_names_is_refused(string name) =>
        Assert.Throws<InvalidDataException>(() => Fields.Worker(name));

    [Fact]
    public void Names_have_a_longest_length()
    {
        Assert.Equal(new WorkerId(new string('a', 96)), Fields.Worker(new string('a', 96)));
        Assert.Throws<InvalidDataException>(() => Fields.Worker(new string('a', 97)));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("no/path", 1)]
    [InlineData("run", 0)]
    [InlineData("run", -1)]
    public void A_session_needs_a_run_and_an_epoch(string run, long epoch) =>
        Assert.Throws<InvalidDataException>(() => Fields.Session(new Calibrate.Runtime.Cluster.Wire.Protobuf.Session { Run = run, Epoch = epoch }));

    [Fact]
    public void A_missing_message_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => Fields.Session(null));
        Assert.Throws<InvalidDataException>(() => Fields.Platform(null));
    }

    [Fact]
    public void A_fingerprint_has_32_bytes() =>
        Assert.Throws<InvalidDataException>(() => Fields.Model(ByteString.CopyFrom(new byte[31])));

    [Fact]
    public void A_column_divides_over_its_rows()
    {
        Assert.Equal([1.5, 2.5], Fields.Column<double>(Fields.Wrap(new[] { 1.5, 2.5 }), 2).ToArray());
        Assert.Throws<InvalidDataException>(() => Fields.Column<double>(ByteString.CopyFrom(new byte[12]), 1));
        Assert.Throws<InvalidDataException>(() => Fields.Column<double>(ByteString.CopyFrom(new byte[24]), 2));
        Assert.Throws<InvalidDataException>(() => Fields.Column<double>(ByteString.CopyFrom(new byte[8]), 0));
        Assert.True(Fields.Column<double>(ByteString.Empty, 0).IsEmpty);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void Counts_have_bounds(long count) => Assert.Throws<InvalidDataException>(() => Fields.Count(count, 10));

    [Theory]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Amounts_are_finite(double amount) => Assert.Throws<InvalidDataException>(() => Fields.Amount(amount));
}
