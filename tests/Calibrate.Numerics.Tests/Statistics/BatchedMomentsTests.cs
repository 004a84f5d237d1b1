using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Statistics;

public class BatchedMomentsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 1, 3)]
    [InlineData(4, 2, 2)]
    [InlineData(7, 2, 3)]
    [InlineData(8, 4, 2)]
    [InlineData(1000, 256, 3)]
    public void Batches_double_when_there_is_no_room(int values, long batchLength, int batches)
    {
        var moments = new BatchedMoments(4);
        for (var i = 0; i < values; i++)
        {
            moments.Add(i);
        }

        Assert.Equal(batchLength, moments.BatchLength);
        Assert.Equal(batches, moments.Batches.Length);
        foreach (var batch in moments.Batches)
        {
            Assert.Equal(batchLength, batch.Count);
        }

        // Values count up from 0, so the first batch's mean shows that batches are in order.
        Assert.Equal((batchLength - 1) / 2.0, moments.Batches[0].Mean);
        Assert.Equal(values, moments.All.Count);
        Near.Absolute((values - 1) / 2.0, moments.All.Mean, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Refuses_capacities_that_cannot_be_halved(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchedMoments(capacity));
}
