using Calibrate.Simulator.Faults;

namespace Calibrate.Simulator.Tests.Faults;

public class SimulationRandomTests
{
    [Fact]
    public void A_seed_and_a_stream_always_give_the_same_numbers()
    {
        // Philox4x32-10 of the counter 0 under the key 0 begins with 6627e8d5 (Salmon et al. 2011): its high digits decide.
        Assert.Equal((int)((0x6627e8d5UL * 1000) >> 32), new SimulationRandom(0).Below(1000));
        var (first, second) = (new SimulationRandom(7, stream: 1), new SimulationRandom(7, stream: 2));
        Assert.NotEqual(first.Uniform(), second.Uniform());
    }

    [Fact]
    public void Numbers_stay_within_their_ranges()
    {
        var random = new SimulationRandom(1);
        for (var i = 0; i < 1000; i++)
        {
            Assert.InRange(random.Between(3, 5), 3, 5);
            Assert.InRange(random.Between(-1.0, 2.0), -1, 2);
            Assert.True(random.Exponential(2) > 0);
        }

        Assert.False(random.Chance(0));
    }
}
