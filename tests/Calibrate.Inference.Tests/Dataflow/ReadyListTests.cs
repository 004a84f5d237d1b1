using Calibrate.Inference.Dataflow;

namespace Calibrate.Inference.Tests.Dataflow;

public class ReadyListTests
{
    [Fact]
    public void KeepsTheOrderOfAppending()
    {
        ReadyList list = new(5);
        Assert.Equal(-1, list.First);
        list.Append(3);
        list.Append(0);
        list.Append(4);
        Assert.Equal([3, 0, 4], All(list));
    }

    [Theory]
    [InlineData(3, new[] { 0, 4 })]
    [InlineData(0, new[] { 3, 4 })]
    [InlineData(4, new[] { 3, 0 })]
    public void TakesOutAnyStep(int removed, int[] rest)
    {
        ReadyList list = new(5);
        list.Append(3);
        list.Append(0);
        list.Append(4);
        list.Remove(removed);
        Assert.Equal(rest, All(list));
        list.Append(removed);
        Assert.Equal([.. rest, removed], All(list));
    }

    [Fact]
    public void CanBeEmptiedAndFilledAgain()
    {
        ReadyList list = new(2);
        list.Append(1);
        list.Remove(1);
        Assert.Empty(All(list));
        list.Append(0);
        list.Clear();
        Assert.Empty(All(list));
        list.Append(1);
        Assert.Equal([1], All(list));
    }

    private static List<int> All(ReadyList list)
    {
        List<int> steps = [];
        for (int step = list.First; step >= 0; step = list.After(step))
        {
            steps.Add(step);
        }

        return steps;
    }
}
