using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Slots.Protocol;
using Calibrate.Runtime.Slots.Protocol.Protobuf;
using Google.Protobuf;

namespace Calibrate.Runtime.Tests.Slots.Protocol;

public class SlotMessagesTests
{
    [Fact]
    public void A_bundle_arrives_whole()
    {
        var bundle = new ProblemBundle(
            new ProblemSource("/a/p.yaml", "model: x", ["a=b", "c=d"]),
            new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["data/d.csv"] = new byte[] { 1, 2, 3 }, ["e"] = default });
        var load = ToChild.Parser.ParseFrom(SlotMessages.Load(bundle, Fingerprint.Of("m")).ToByteArray()).Load;
        var again = SlotMessages.BundleOf(load);
        Assert.Equal(Fingerprint.Of("m").Hex, load.ModelFingerprint);
        Assert.Equal((bundle.Source.Path, bundle.Source.Text), (again.Source.Path, again.Source.Text));
        Assert.Equal(bundle.Source.Overrides, again.Source.Overrides);
        Assert.Equal(["data/d.csv", "e"], again.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(new byte[] { 1, 2, 3 }, again.Files["data/d.csv"].ToArray());
    }

    [Fact]
    public void Points_keep_their_bits_and_their_order()
    {
        var requests = ChildPrograms.Points(1, double.Epsilon, -0.0, double.MaxValue);
        var message = ToChild.Parser.ParseFrom(SlotMessages.Evaluate(requests, 1, requests.Length, 2).ToByteArray()).Evaluate;
        Assert.Equal((3, 2), (message.Count, message.Together));
        Assert.Equal(
            requests.Skip(1).SelectMany(request => request.Parameters).Select(BitConverter.DoubleToInt64Bits),
            SlotMessages.PointsOf(message, 2).ToArray().Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    [InlineData(0, 1)]
    public void Counts_that_do_not_fit_are_refused(int count, int together)
    {
        var message = SlotMessages.Evaluate(ChildPrograms.Points(1, 2, 3), 0, 3, 1).Evaluate;
        message.Count = count;
        message.Together = together;
        Assert.Throws<InvalidDataException>(() => SlotMessages.PointsOf(message, 2).Length);
    }
}
