using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Tests.Predictive;

public class EvenDrawsTests
{
    [Theory]
    [InlineData(128, 1600, 200)]
    [InlineData(7, 1000, 200)]
    [InlineData(1, 1000, 10)]
    [InlineData(64, 5, 200)]
    [InlineData(6, 40, 200)]
    public void Draws_are_spread_over_iterations_and_chains(int chains, int draws, int count)
    {
        var places = EvenDraws.Choose(chains, draws, count);

        Assert.Equal(count, places.Count);
        Assert.Equal(count, places.Distinct().Count());
        Assert.All(places, place => Assert.True(place.Chain >= 0 && place.Chain < chains && place.Draw >= 0 && place.Draw < draws));
        Assert.Equal(places.Select(place => place.Draw).Order(), places.Select(place => place.Draw));

        // Every chain is visited before any is visited twice, and the stretches between draws are as equal as whole numbers can be.
        var visits = places.GroupBy(place => place.Chain).Select(group => group.Count()).ToList();
        Assert.True(visits.Max() - (visits.Count < chains ? 0 : visits.Min()) <= 1);
        Assert.InRange(places.Zip(places.Skip(1), (a, b) => b.Draw - a.Draw).Max(), 0, (draws / count) + 1);
    }

    [Fact]
    public void Few_draws_are_all_taken() =>
        Assert.Equal([new DrawPlace(0, 0), new DrawPlace(1, 0), new DrawPlace(0, 1), new DrawPlace(1, 1)], EvenDraws.Choose(2, 2, 200));

    [Fact]
    public void None_are_taken_of_none()
    {
        Assert.Empty(EvenDraws.Choose(4, 0, 200));
        Assert.Empty(EvenDraws.Choose(4, 10, 0));
    }
}
