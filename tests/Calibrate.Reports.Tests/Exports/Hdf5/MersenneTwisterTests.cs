using Calibrate.Reports.Exports.Hdf5;

namespace Calibrate.Reports.Tests.Exports.Hdf5;

public class MersenneTwisterTests
{
    /// <summary>From <c>numpy.random.RandomState(5489).get_state()</c>; 5489 is the seed of the authors' reference program.</summary>
    [Fact]
    public void The_state_is_that_of_numpy()
    {
        var state = MersenneTwister.StateOf(5489);

        Assert.Equal(624, state.Length);
        Assert.Equal([5489u, 1301868182u, 2938499221u, 2950281878u], state[..4]);
    }
}
