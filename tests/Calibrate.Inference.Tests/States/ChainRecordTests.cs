using System.Buffers;
using Calibrate.Inference.Digest;
using Calibrate.Inference.States;

namespace Calibrate.Inference.Tests.States;

public class ChainRecordTests
{
    private static readonly EnsembleShape Shape = new(Walkers: 2, Dimension: 1, NaturalDimension: 1, RecordedCount: 0, Thin: 1);

    [Fact]
    public void AppendingAdvancesTheDigest()
    {
        ChainRecord record = new(Shape);
        WalkerStates first = States(1);
        record.Append(first, 2, null);
        Assert.Equal(0, record.Iteration);
        Assert.Same(first, record.Current);
        Assert.Equal(ChainDigest.Empty.Advance(0, first.Accepted, first.LogPosteriors, first.Positions, 2, 1), record.Digest);
        WalkerStates second = States(2);
        Assert.Same(first, record.Append(second, 2, null));
        Assert.Equal(1, record.Iteration);
    }

    [Fact]
    public void FirstRefusalStays()
    {
        ChainRecord record = new(Shape);
        record.Refuse("one");
        record.Refuse("two");
        Assert.Equal("one", record.Refusal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SavedBytesComeBack(bool cut)
    {
        ChainRecord record = new(Shape);
        record.Append(States(1), 2, null);
        record.Append(States(2), 1, null);
        record.Refuse("because");
        byte[] saved = Save(record, cut);
        ChainRecord restored = new(Shape);
        StateReader reader = new(saved);
        restored.Restore(ref reader, 0);
        Assert.True(reader.AtEnd);
        Assert.Equal((1, record.Digest, "because"), (restored.Iteration, restored.Digest, restored.Refusal));
        Assert.Equal(record.Current.Positions, restored.Current.Positions);
        Assert.Equal(cut ? 1 : -1, restored.Buffer.From);
        Assert.Equal(saved, Save(restored, cut: false));
    }

    [Fact]
    public void RefusesAnIterationBeforeTheBeginning()
    {
        ArrayBufferWriter<byte> bytes = new();
        new StateWriter(bytes).Int32(-2);
        Assert.Throws<InvalidDataException>(() =>
        {
            StateReader reader = new(bytes.WrittenSpan);
            new ChainRecord(Shape).Restore(ref reader, 0);
        });
    }

    private static WalkerStates States(double value)
    {
        WalkerStates states = new(Shape);
        Array.Fill(states.Positions, value);
        Array.Fill(states.LogPosteriors, -value);
        Array.Fill(states.LogTargets, -2 * value);
        return states;
    }

    private static byte[] Save(ChainRecord record, bool cut)
    {
        ArrayBufferWriter<byte> bytes = new();
        record.Save(new StateWriter(bytes), cut);
        return bytes.WrittenSpan.ToArray();
    }
}
