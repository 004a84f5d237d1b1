using System.Buffers;
using Calibrate.Inference.Digest;
using Calibrate.Inference.States;

namespace Calibrate.Inference.Tests.States;

public class BlockBufferTests
{
    private static readonly EnsembleShape Shape = new(Walkers: 2, Dimension: 1, NaturalDimension: 1, RecordedCount: 1, Thin: 3);

    [Fact]
    public void KeepsThinnedRowsAndEveryDigest()
    {
        Block block = Filled().ToBlock(4, 7, [1, 2]);
        Assert.Equal((4, -1, 7, 3, 3), (block.Ensemble, block.From, block.To, block.Thin, block.Rows));
        Assert.Equal([0, 1, 3, 4, 6, 7], block.Positions);
        Assert.Equal([0, 3, 6], block.LogPosteriors.Where((_, i) => i % 2 == 0));
        Assert.Equal([0, 3, 6], block.Recorded.Where((_, i) => i % 2 == 0));
        Assert.Equal(Enumerable.Range(0, 8).SelectMany(i => new[] { (ulong)i, 100 + (ulong)i }), block.Digests);
        Assert.Equal([1, 2], block.EndState);
    }

    [Fact]
    public void CountsStepsAcceptancesEvaluationsAndFailures()
    {
        Block block = Filled().ToBlock(0, 7, []);
        Assert.Equal((14, 7, 80), (block.WalkerSteps, block.Accepted, block.Evaluations));
        Assert.Equal([0, 7], block.AcceptedByWalker);
        Assert.Equal([new KeyValuePair<string, long>("Exception", 8)], block.FailuresByKind);
        Assert.Equal(8, block.Failures.Count);
    }

    [Fact]
    public void CutForgetsEverything()
    {
        BlockBuffer buffer = Filled();
        Assert.Equal(8 * (6 + 6 + 6 + 16), buffer.Bytes);
        buffer.Cut(7);
        Assert.Equal((7, 0), (buffer.From, buffer.Bytes));
        Block block = buffer.ToBlock(0, 7, []);
        Assert.Equal((0, 0, 0, 0), (block.Rows, block.WalkerSteps, block.Accepted, block.Evaluations));
        Assert.Empty(block.Failures);
    }

    [Fact]
    public void SavedBytesComeBack()
    {
        byte[] saved = Save(buffer => buffer.Save);
        BlockBuffer restored = new(Shape);
        StateReader reader = new(saved);
        restored.Restore(ref reader, 0, 7);
        Assert.True(reader.AtEnd);
        ArrayBufferWriter<byte> again = new();
        restored.Save(new StateWriter(again));
        Assert.Equal(saved, again.WrittenSpan.ToArray());
    }

    [Fact]
    public void SaveAsCutIsASaveAfterACut()
    {
        BlockBuffer cut = Filled();
        cut.Cut(7);
        ArrayBufferWriter<byte> expected = new();
        cut.Save(new StateWriter(expected));
        Assert.Equal(expected.WrittenSpan.ToArray(), Save(buffer => writer => buffer.SaveAsCut(writer, 7)));
    }

    [Fact]
    public void RefusesDigestsThatDoNotFitTheIterations()
    {
        byte[] saved = Save(buffer => buffer.Save);
        Assert.Throws<InvalidDataException>(() =>
        {
            StateReader reader = new(saved);
            new BlockBuffer(Shape).Restore(ref reader, 0, 8);
        });
    }

    private static byte[] Save(Func<BlockBuffer, Action<StateWriter>> how)
    {
        ArrayBufferWriter<byte> bytes = new();
        how(Filled())(new StateWriter(bytes));
        return bytes.WrittenSpan.ToArray();
    }

    // Iterations 0 to 7: walker 0 at i, walker 1 at i + 1 and always accepted; ten evaluations and one failure each.
    private static BlockBuffer Filled()
    {
        BlockBuffer buffer = new(Shape);
        for (int i = 0; i < 8; i++)
        {
            WalkerStates states = new(Shape);
            states.Positions[0] = i;
            states.Positions[1] = i + 1;
            states.LogPosteriors[0] = i;
            states.Recorded[0] = i;
            states.Accepted[1] = 1;
            FailureExample failure = new(new EvaluationId(0, i, 0, 0), "Exception", [i], "no");
            buffer.Add(i, states, new ChainDigest((ulong)i, 100 + (ulong)i), 10, [failure]);
        }

        return buffer;
    }
}
