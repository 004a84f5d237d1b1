using Calibrate.Inference.Digest;

namespace Calibrate.Inference.Tests.Digest;

public class WalkerWordsTests
{
    [Fact]
    public void EightAtATimeGiveTheSameHashes()
    {
        const int stride = 24;
        byte[] accepted = [.. Enumerable.Range(0, stride).Select(w => (byte)(w % 3 == 0 ? 1 : 0))];
        double[] logPosteriors = [.. Enumerable.Range(0, stride).Select(w => -w / 7.0)];
        double[] positions = [.. Enumerable.Range(0, 5 * stride).Select(k => Math.Sin(k))];
        WalkerWords words = new(accepted, logPosteriors, positions, stride, 5);
        for (int first = 0; first <= stride - 8; first++)
        {
            for (int lane = 0; lane < 8; lane++)
            {
                Assert.Equal(words.HashOf(first + lane), words.HashOfEight(first)[lane]);
            }
        }
    }

    [Fact]
    public void EveryWordCounts()
    {
        byte[] accepted = [0];
        double[] logPosteriors = [-1.0];
        double[] positions = [1.0, 2.0];
        ulong reference = Hash();
        accepted[0] = 1;
        Assert.NotEqual(reference, Hash());
        accepted[0] = 0;
        logPosteriors[0] = -1.5;
        Assert.NotEqual(reference, Hash());
        logPosteriors[0] = -1.0;
        (positions[0], positions[1]) = (2.0, 1.0);
        Assert.NotEqual(reference, Hash());

        ulong Hash() => new WalkerWords(accepted, logPosteriors, positions, 1, 2).HashOf(0);
    }
}
