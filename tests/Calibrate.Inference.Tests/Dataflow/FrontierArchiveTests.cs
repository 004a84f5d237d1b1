using System.Buffers;
using Calibrate.Inference.Dataflow;
using Calibrate.Inference.States;

namespace Calibrate.Inference.Tests.Dataflow;

public class FrontierArchiveTests
{
    private static readonly EnsembleShape Shape = new(Walkers: 3, Dimension: 2, NaturalDimension: 2, RecordedCount: 1, Thin: 1);

    [Fact]
    public void StepsSurviveASaveAndARestore()
    {
        WalkerStates states = new(Shape);
        states.Place(1, [1.5, -2]);
        states.Record(1, [7]);
        states.LogPosteriors[1] = -3;
        states.LogTargets[1] = -4;
        FrontierArchive archive = new(Shape);
        archive.Add(9, 1, states, moved: true);
        archive.Add(8, 0, states, moved: false);
        FrontierArchive restored = Restored(archive);
        Assert.Equal((2, 8, 9), (restored.Count, restored.First, restored.Last));

        WalkerStates target = new(Shape);
        Assert.True(restored.TryTake(9, 1, target, out bool moved));
        Assert.True(moved);
        Assert.Equal(states.Positions, target.Positions);
        Assert.Equal(states.Recorded, target.Recorded);
        Assert.Equal((-3, -4), (target.LogPosteriors[1], target.LogTargets[1]));
        Assert.True(restored.TryTake(8, 0, target, out moved));
        Assert.False(moved);
        Assert.False(restored.TryTake(8, 0, target, out _));
        Assert.Equal(0, restored.Count);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(1, 3)]
    [InlineData(1, -1)]
    public void RefusesStepsThatCannotExist(int iteration, int walker)
    {
        ArrayBufferWriter<byte> bytes = new();
        StateWriter writer = new(bytes);
        writer.Int32(1);
        writer.Int32(iteration);
        writer.Int32(walker);
        writer.Flag(false);
        Assert.Throws<InvalidDataException>(() => Read(bytes.WrittenMemory));
    }

    [Fact]
    public void EmptyArchiveHasNoIterations()
    {
        FrontierArchive restored = Restored(new FrontierArchive(Shape));
        Assert.Equal((0, -1, -1), (restored.Count, restored.First, restored.Last));
    }

    private static FrontierArchive Restored(FrontierArchive archive)
    {
        ArrayBufferWriter<byte> bytes = new();
        archive.Save(new StateWriter(bytes));
        return Read(bytes.WrittenMemory);
    }

    private static FrontierArchive Read(ReadOnlyMemory<byte> bytes)
    {
        StateReader reader = new(bytes.Span);
        return FrontierArchive.Restore(ref reader, Shape);
    }
}
