using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using static Calibrate.Runtime.Cluster.Wire.Protobuf.Envelope;

namespace Calibrate.Runtime.Tests.Cluster.Wire;

public class WireHeaderTests
{
    [Fact]
    public void The_kind_is_told_without_parsing()
    {
        var samples = new SampleMessages(seed: 8);
        for (var kind = 0; kind < SampleMessages.Kinds; kind++)
        {
            Assert.Equal((MessageOneofCase)(kind + 2), WireHeader.KindOf(ClusterCodec.Encode(samples.Next(kind))));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x0D, 0, 0, 0, 0 })] // a fixed 32-bit field
    [InlineData(new byte[] { 0x12, 5, 0 })] // five bytes promised, one there
    [InlineData(new byte[] { 0x80 })] // an endless number
    [InlineData(new byte[] { 8, 1, 8, 1, 8, 1, 8, 1, 8, 1, 8, 1, 8, 1, 8, 1, 8, 1 })] // nine fields
    public void Bytes_that_are_no_envelope_are_refused(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => WireHeader.KindOf(bytes));

    [Fact]
    public void A_notice_that_hides_behind_an_offer_counts_as_what_a_parser_keeps()
    {
        var offer = ClusterCodec.Encode(new SampleMessages(seed: 9).Next(2));
        var notice = ClusterCodec.Encode(new RollCall());
        Assert.Equal(MessageOneofCase.RollCall, WireHeader.KindOf([.. offer, .. notice]));
    }
}
