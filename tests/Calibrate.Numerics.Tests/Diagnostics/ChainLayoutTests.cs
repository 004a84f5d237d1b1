using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class ChainLayoutTests
{
    [Fact]
    public void Halves_of_even_chains_cover_every_draw()
    {
        var layout = new ChainLayout(2, 6, halved: true);
        Assert.Equal([0, 3, 6, 9], Enumerable.Range(0, layout.Count).Select(layout.Start));
        Assert.Equal((3, 12, false), (layout.Length, layout.Total, layout.SkipsMiddle));
    }

    [Fact]
    public void Halves_of_odd_chains_leave_the_middle_draw_out()
    {
        var layout = new ChainLayout(2, 7, halved: true);
        Assert.Equal([0, 4, 7, 11], Enumerable.Range(0, layout.Count).Select(layout.Start));
        Assert.Equal((3, 12, true), (layout.Length, layout.Total, layout.SkipsMiddle));
        Assert.Equal([3, 10], Enumerable.Range(0, 14).Where(layout.Skips));
    }

    [Fact]
    public void A_single_draw_is_not_halved()
    {
        var layout = new ChainLayout(3, 1, halved: true);
        Assert.Equal((3, 1, false), (layout.Count, layout.Length, layout.Halved));
    }

    [Fact]
    public void Whole_chains_skip_nothing()
    {
        var layout = new ChainLayout(2, 7, halved: false);
        Assert.Equal([0, 7], Enumerable.Range(0, layout.Count).Select(layout.Start));
        Assert.DoesNotContain(Enumerable.Range(0, 14), layout.Skips);
    }
}
