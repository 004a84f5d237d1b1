using Calibrate.Inference.States;

namespace Calibrate.Inference.Tests.States;

public class WalkerStatesTests
{
    private static readonly EnsembleShape Shape = new(Walkers: 3, Dimension: 2, NaturalDimension: 2, RecordedCount: 2, Thin: 1);

    [Fact]
    public void EntriesOfAWalkerAreOneStrideApart()
    {
        WalkerStates states = new(Shape);
        states.Place(1, [5, 6]);
        states.Record(1, [7, 8]);
        Assert.Equal([0, 5, 0, 0, 6, 0], states.Positions);
        Assert.Equal([0, 7, 0, 0, 8, 0], states.Recorded);
        double[] position = new double[2];
        states.Gather(1, position);
        Assert.Equal([5, 6], position);
    }

    [Fact]
    public void WalkerThatStaysTakesEverythingFromBefore()
    {
        WalkerStates before = new(Shape);
        before.Place(2, [1, 2]);
        before.Record(2, [3, 4]);
        before.LogPosteriors[2] = 5;
        before.LogTargets[2] = 6;
        WalkerStates after = new(Shape);
        after.Place(0, [9, 9]);
        after.Accepted[2] = 1;
        after.Stay(2, before);
        Assert.Equal([9, 0, 1, 9, 0, 2], after.Positions);
        Assert.Equal([0, 0, 3, 0, 0, 4], after.Recorded);
        Assert.Equal((5, 6), (after.LogPosteriors[2], after.LogTargets[2]));
        Assert.Equal(0, after.Accepted[2]);
        WalkerStates copy = new(Shape);
        copy.CopyFrom(after);
        Assert.Equal(after.Positions, copy.Positions);
        Assert.Equal(after.LogTargets, copy.LogTargets);
    }

    [Fact]
    public void FailedEvaluationsRecordNothing()
    {
        WalkerStates states = new(Shape);
        states.RecordOrNothing(0, []);
        states.RecordOrNothing(1, [3, 4]);
        Assert.Equal([double.NaN, 3, 0, double.NaN, 4, 0], states.Recorded);
    }
}
