using System.Globalization;

namespace Calibrate.Inference.Tests.Digest;

/// <summary>The digest written down once more from <c>docs/formats/chain-digest.md</c>, as plainly as possible.</summary>
internal sealed class PlainDigest
{
    private ulong a;
    private ulong b;

    public void Advance(int iteration, byte[] accepted, double[] logPosteriors, double[] positions, int walkers, int dimension)
    {
        const ulong start = 0x243f6a8885a308d3, walker = 0x9e3779b97f4a7c15, first = 0x94d049bb133111eb, second = 0xd6e8feb86659fd93;
        ulong[] lane = [.. Enumerable.Range(1, 8).Select(l => unchecked((ulong)l * walker))];
        for (int w = 0; w < walkers; w++)
        {
            ulong h = Mix(start, accepted[w], walker);
            h = Mix(h, BitConverter.DoubleToUInt64Bits(logPosteriors[w]), walker);
            for (int j = 0; j < dimension; j++)
            {
                h = Mix(h, BitConverter.DoubleToUInt64Bits(positions[(j * walkers) + w]), walker);
            }

            lane[w % 8] = Mix(lane[w % 8], h, 0xbf58476d1ce4e5b9);
        }

        a = Mix(a, start ^ (ulong)iteration, first);
        b = Mix(b, start ^ (ulong)iteration, second);
        foreach (ulong word in lane)
        {
            a = Mix(a, word, first);
            b = Mix(b, (word << 32) | (word >> 32), second);
        }
    }

    public override string ToString() => a.ToString("x16", CultureInfo.InvariantCulture) + b.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Mix(ulong h, ulong x, ulong c)
    {
        ulong p = unchecked((h ^ x) * c);
        return p ^ (p >> 32);
    }
}
