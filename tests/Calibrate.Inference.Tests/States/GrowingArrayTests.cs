using Calibrate.Inference.States;

namespace Calibrate.Inference.Tests.States;

public class GrowingArrayTests
{
    [Fact]
    public void GrowsAndKeepsWhatIsThere()
    {
        GrowingArray<int> array = new();
        for (int i = 0; i < 100; i++)
        {
            Span<int> room = array.Extend(3);
            room.Fill(i);
        }

        Assert.Equal(300, array.Count);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => i / 3), array.Items.ToArray());
        array.Clear();
        Assert.Equal(0, array.Count);
        array.Extend(1)[0] = 8;
        Assert.Equal([8], array.Items.ToArray());
    }
}
