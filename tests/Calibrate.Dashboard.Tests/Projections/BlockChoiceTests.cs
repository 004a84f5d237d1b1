using Calibrate.Dashboard.Projections;
using Calibrate.Runtime.Journals;

namespace Calibrate.Dashboard.Tests.Projections;

public class BlockChoiceTests
{
    [Fact]
    public void Everything_is_read_when_it_fits()
    {
        var choice = Offered(40);
        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), choice.Next(bytes: 40_000, count: 100, sinceSequence: 0));
        Assert.True(choice.IsEmpty);
        Assert.Equal(40, choice.Last);
        Assert.Empty(choice.Next(40_000, 100, 0));
    }

    [Fact]
    public void What_does_not_fit_is_a_sample_of_every_ensemble_and_of_every_part_with_the_newest_first()
    {
        var choice = Offered(2000);
        var chosen = choice.Next(bytes: 80_000, count: 100, sinceSequence: 0);

        Assert.Equal(80, chosen.Count);
        Assert.Equal(chosen.Order(), chosen);
        Assert.Equal([1997L, 1998, 1999, 2000], chosen.TakeLast(4));
        Assert.All(Enumerable.Range(0, 10), part => Assert.InRange(chosen.Count(place => (place - 1) / 200 == part), 5, 13));
        Assert.All(Enumerable.Range(0, 4), ensemble => Assert.InRange(chosen.Count(place => place % 4 == ensemble), 10, 32));
    }

    [Fact]
    public void Nothing_is_read_twice_and_in_the_end_all_is()
    {
        var choice = Offered(300);
        List<long> read = [];
        while (!choice.IsEmpty)
        {
            read.AddRange(choice.Next(25_000, 100, 0));
        }

        Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), read.Order());
    }

    [Fact]
    public void The_past_is_left_alone_when_it_is_not_wanted()
    {
        var choice = Offered(300);
        _ = choice.Next(10_000, 100, 0);
        choice.Offer([.. Enumerable.Range(301, 20).Select(i => new JournalPlace(i, 1000))]);
        Assert.All(choice.Next(15_000, 100, sinceSequence: 300), place => Assert.InRange(place, 301, 320));
    }

    [Fact]
    public void A_block_larger_than_the_budget_is_read_alone_and_small_ones_are_counted()
    {
        var choice = new BlockChoice(newest: 1);
        choice.Offer([new JournalPlace(1, 5_000_000), new JournalPlace(2, 5_000_000)]);
        Assert.Equal([2L], choice.Next(1000, 100, 0));

        var small = Offered(1000);
        Assert.Equal(50, small.Next(long.MaxValue, 50, 0).Count);
    }

    private static BlockChoice Offered(int count)
    {
        var choice = new BlockChoice(newest: 4);
        choice.Offer([.. Enumerable.Range(1, count).Select(i => new JournalPlace(i, 1000))]);
        return choice;
    }
}
