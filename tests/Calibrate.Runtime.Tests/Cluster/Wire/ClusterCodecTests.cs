using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Cluster.Wire;

public class ClusterCodecTests
{
    private const int Rounds = 300;

    [Fact]
    public void Every_message_comes_back_as_it_was()
    {
        var samples = new SampleMessages(seed: 1);
        for (var round = 0; round < Rounds * SampleMessages.Kinds; round++)
        {
            var message = samples.Next(round % SampleMessages.Kinds);
            Assert.True(ClusterCodec.TryDecode(ClusterCodec.Encode(message), out var read, out var problem), problem);
            Assert.Equal(SampleMessages.Spell(message), SampleMessages.Spell(read));
        }
    }

    [Fact]
    public void Every_kind_of_message_is_among_the_samples()
    {
        var kinds = typeof(ClusterMessage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ClusterMessage))).Select(type => type.Name);
        var samples = new SampleMessages(seed: 1);
        Assert.Equal(
            kinds.Order(StringComparer.Ordinal),
            Enumerable.Range(0, SampleMessages.Kinds).Select(kind => samples.Next(kind).GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Random_bytes_are_refused_with_a_reason()
    {
        var random = new Random(2);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            if (!ClusterCodec.TryDecode(bytes, out _, out var problem))
            {
                Assert.NotEmpty(problem);
            }
        }
    }

    [Fact]
    public void Mutated_messages_are_read_or_refused_and_what_is_read_can_be_written()
    {
        var random = new Random(3);
        var samples = new SampleMessages(seed: 4);
        for (var round = 0; round < 1000 * SampleMessages.Kinds; round++)
        {
            var bytes = Mutate(ClusterCodec.Encode(samples.Next(round % SampleMessages.Kinds)), random);
            if (ClusterCodec.TryDecode(bytes, out var read, out var problem))
            {
                ClusterCodec.Encode(read);
            }
            else
            {
                Assert.NotEmpty(problem);
            }
        }
    }

    [Fact]
    public void Every_truncation_is_refused_or_another_valid_message()
    {
        var samples = new SampleMessages(seed: 5);
        for (var kind = 0; kind < SampleMessages.Kinds; kind++)
        {
            var bytes = ClusterCodec.Encode(samples.Next(kind));
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.False(ClusterCodec.TryDecode(bytes.AsSpan(0, length), out _, out var problem));
                Assert.NotEmpty(problem);
            }
        }
    }

    [Fact]
    public void A_message_of_a_later_version_is_refused()
    {
        var bytes = ClusterCodec.Encode(new RollCall());
        Assert.Equal([8, 1], bytes[..2]);
        bytes[1] = 2;
        Assert.False(ClusterCodec.TryDecode(bytes, out _, out var problem));
        Assert.Contains("version 2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_a_kind_from_the_future_is_refused()
    {
        Assert.False(ClusterCodec.TryDecode([8, 1, (100 << 3 | 2) & 0x7F | 0x80, 100 >> 4, 0], out _, out var problem));
        Assert.Contains("kind", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClusterCodec.LargestOffer + 1)]
    [InlineData(ClusterCodec.LargestWork + 1)]
    public void An_oversized_message_is_refused_before_it_is_parsed(int size)
    {
        var bytes = new byte[size];
        byte[] header = [8, 1, 8 << 3 | 2];
        header.CopyTo(bytes, 0);
        var length = size - 7;
        for (var i = 3; i < 7; i++, length >>= 7)
        {
            bytes[i] = (byte)(length & 0x7F | (i < 6 ? 0x80 : 0));
        }

        Assert.False(ClusterCodec.TryDecode(bytes, out _, out var problem));
        Assert.Contains($"{size} bytes", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_too_large_to_be_sent_is_refused_with_what_to_do()
    {
        var offer = (Offer)new SampleMessages(seed: 6).Next(2);
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { ["big.csv"] = new byte[ClusterCodec.LargestOffer] };
        var exception = Assert.Throws<RunException>(() => ClusterCodec.Encode(offer with { Problem = new ProblemBundle(offer.Problem.Source, files) }));
        Assert.Contains("--files", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Known_bytes_stay_readable()
    {
        var bytes = Convert.FromHexString("08015212 0A070A0372756E1002 100A 1A056E6F64652D".Replace(" ", "", StringComparison.Ordinal));
        bytes[2] = 9 << 3 | 2;
        Assert.True(ClusterCodec.TryDecode(bytes, out var message, out var problem), problem);
        Assert.Equal(new WorkBegun(new SessionId(RunId.Parse("run"), 2), 5, new WorkerId("node-")), message);
        Assert.Equal(bytes, ClusterCodec.Encode(message));
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var flips = random.Next(1, 4); flips > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? [.. bytes, .. bytes] : bytes;
    }
}
