using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Random;

public class PhiloxKeyTests
{
    [Fact]
    public void SeedIsSplitIntoLowAndHigh() =>
        Assert.Equal(new PhiloxKey(0x89abcdef, 0x01234567), PhiloxKey.FromSeed(0x0123456789abcdef));
}
