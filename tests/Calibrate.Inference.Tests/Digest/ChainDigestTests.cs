using System.Numerics;
using Calibrate.Inference.Digest;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Tests.Digest;

public class ChainDigestTests
{
    [Fact]
    public void KnownAnswersOfOneWalker()
    {
        Assert.Equal("534f5e11aeea52158a1c3ab3bcab77b5", ChainDigest.Empty.Advance(0, [], [], [], 0, 0).ToString());
        Assert.Equal("604f0aa81f80e58a2fcc2ac61be36dcf", ChainDigest.Empty.Advance(0, [0], [0.0], [0.0], 1, 1).ToString());
        Assert.Equal("68035354856282e9920396191aaaac66", ChainDigest.Empty.Advance(1, [1], [-0.5], [1.0], 1, 1).ToString());
    }

    [Theory]
    [InlineData(10, 3, "bdcb9b8793ade2f44bcc732cdaae8335", "bfca316ee4ab60445cfdee46d852f7bf")]
    [InlineData(32, 5, "2f103cca93622e5f982682b0a849ea73", "adf56365be917676072e8cee1de16346")]
    public void KnownAnswersOfASeries(int walkers, int dimension, string afterIteration0, string afterIteration3)
    {
        ChainDigest digest = ChainDigest.Empty;
        for (int i = 0; i < 4; i++)
        {
            digest = digest.Advance(
                i,
                [.. Enumerable.Range(0, walkers).Select(w => (byte)((w + i) % 2))],
                [.. Enumerable.Range(0, walkers).Select(w => (-(w + 1) / 4.0) - i)],
                [.. Enumerable.Range(0, walkers * dimension).Select(k => (k / walkers) + (k % walkers / 8.0) - i)],
                walkers,
                dimension);
            Assert.Equal(i switch { 0 => afterIteration0, 3 => afterIteration3, _ => digest.ToString() }, digest.ToString());
        }
    }

    [Fact]
    public void AgreesWithThePlainFormForEveryShape()
    {
        for (int walkers = 0; walkers <= 41; walkers++)
        {
            for (int dimension = 1; dimension <= 6; dimension++)
            {
                PlainDigest plain = new();
                ChainDigest digest = ChainDigest.Empty;
                for (int i = 0; i < 3; i++)
                {
                    Sample sample = new(i, walkers, dimension);
                    digest = digest.Advance(i, sample.Accepted, sample.LogPosteriors, sample.Positions, walkers, dimension);
                    plain.Advance(i, sample.Accepted, sample.LogPosteriors, sample.Positions, walkers, dimension);
                    Assert.Equal(plain.ToString(), digest.ToString());
                }
            }
        }
    }

    /// <summary>
    /// A flipped bit must move about half of the 128 digest bits. Over the 8,192 flips here the least and the greatest
    /// distance of a perfect hash stay within [28, 100] except with probability below 1e-6 (binomial tails of 128 coins).
    /// </summary>
    [Fact]
    public void EveryFlippedBitMovesAboutHalfTheDigest()
    {
        const int walkers = 16;
        const int dimension = 7;
        Sample sample = new(1, walkers, dimension);
        ChainDigest reference = Digest(sample);
        long total = 0;
        for (int word = 0; word < sample.WordCount; word++)
        {
            for (int bit = 0; bit < 64; bit++)
            {
                sample.Flip(word, bit);
                int distance = Distance(reference, Digest(sample));
                sample.Flip(word, bit);
                Assert.InRange(distance, 28, 100);
                total += distance;
            }
        }

        Assert.InRange(total / (sample.WordCount * 64.0), 63, 65);
    }

    [Fact]
    public void AcceptanceOfEveryWalkerCounts()
    {
        Sample sample = new(1, 20, 2);
        ChainDigest reference = Digest(sample);
        for (int walker = 0; walker < 20; walker++)
        {
            sample.Accepted[walker] ^= 1;
            Assert.NotEqual(reference, Digest(sample));
            sample.Accepted[walker] ^= 1;
        }
    }

    [Fact]
    public void ExchangedWalkersAndIterationsAreNoticed()
    {
        Sample sample = new(1, 16, 1);
        ChainDigest reference = Digest(sample);
        (sample.Positions[0], sample.Positions[8]) = (sample.Positions[8], sample.Positions[0]);
        Assert.NotEqual(reference, Digest(sample));
        (sample.Positions[0], sample.Positions[8]) = (sample.Positions[8], sample.Positions[0]);
        Assert.Equal(reference, Digest(sample));
        Assert.NotEqual(
            ChainDigest.Empty.Advance(1, sample.Accepted, sample.LogPosteriors, sample.Positions, 16, 1),
            ChainDigest.Empty.Advance(2, sample.Accepted, sample.LogPosteriors, sample.Positions, 16, 1));
    }

    [Fact]
    public void NegativeZeroAndNaNAreTakenAsTheirBits()
    {
        Assert.NotEqual(ChainDigest.Empty.Advance(0, [0], [0.0], [0.0], 1, 1), ChainDigest.Empty.Advance(0, [0], [0.0], [-0.0], 1, 1));
        double otherNaN = BitConverter.UInt64BitsToDouble(0x7FF8000000000001);
        Assert.NotEqual(ChainDigest.Empty.Advance(0, [0], [double.NaN], [0.0], 1, 1), ChainDigest.Empty.Advance(0, [0], [otherNaN], [0.0], 1, 1));
    }

    [Fact]
    public void SerialisedFormIsLittleEndianAndComesBack()
    {
        ChainDigest digest = new(0x0102030405060708, 0x1112131415161718);
        byte[] bytes = new byte[ChainDigest.ByteCount];
        digest.WriteTo(bytes);
        Assert.Equal("08070605040302011817161514131211", Convert.ToHexString(bytes));
        Assert.Equal(digest, ChainDigest.ReadFrom(bytes));
        Assert.Equal("01020304050607081112131415161718", digest.ToString());
    }

    [Fact]
    public void ShortSpansAreRefused()
    {
        Assert.Throws<ArgumentException>(() => ChainDigest.Empty.Advance(0, [0], [0.0, 0.0], [0.0, 0.0], 2, 1));
        Assert.Throws<ArgumentException>(() => ChainDigest.Empty.Advance(0, [0, 0], [0.0], [0.0, 0.0], 2, 1));
        Assert.Throws<ArgumentException>(() => ChainDigest.Empty.Advance(0, [0, 0], [0.0, 0.0], [0.0, 0.0, 0.0], 2, 2));
    }

    private static ChainDigest Digest(Sample sample) =>
        new ChainDigest(1, 2).Advance(5, sample.Accepted, sample.LogPosteriors, sample.Positions, sample.Accepted.Length, sample.Dimension);

    private static int Distance(ChainDigest x, ChainDigest y) =>
        BitOperations.PopCount(x.First ^ y.First) + BitOperations.PopCount(x.Second ^ y.Second);

    /// <summary>An ensemble of arbitrary numbers whose log posteriors and positions can be flipped bit by bit.</summary>
    private sealed class Sample(int iteration, int walkers, int dimension)
    {
        public int Dimension { get; } = dimension;

        public byte[] Accepted { get; } = [.. Enumerable.Range(0, walkers).Select(w => (byte)(Draw(iteration, w, 0).W0 & 1))];

        public double[] LogPosteriors { get; } = [.. Enumerable.Range(0, walkers).Select(w => -Draw(iteration, w, 0).Uniform23)];

        public double[] Positions { get; } =
            [.. Enumerable.Range(0, walkers * dimension).Select(k => Draw(iteration, k, 1).Uniform01 - 0.5)];

        public int WordCount => LogPosteriors.Length + Positions.Length;

        public void Flip(int word, int bit)
        {
            double[] array = word < LogPosteriors.Length ? LogPosteriors : Positions;
            int index = word < LogPosteriors.Length ? word : word - LogPosteriors.Length;
            array[index] = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(array[index]) ^ (1UL << bit));
        }

        private static PhiloxBlock Draw(int iteration, int walker, int block) =>
            Philox.Block(PhiloxKey.FromSeed(3), PhiloxCounter.Of(walker, iteration, 0, RandomPurpose.Step, block));
    }
}
