using Calibrate.Inference;
using Calibrate.Numerics.Random;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Tests.Cluster;

public class BuildIdentityTests
{
    [Fact]
    public void It_names_the_version_and_tells_modules_apart()
    {
        var one = BuildIdentity.Of(typeof(BuildIdentity).Assembly, [typeof(Philox).Assembly, typeof(IMethod).Assembly]);

        Assert.Equal(one, BuildIdentity.Of(typeof(BuildIdentity).Assembly, [typeof(IMethod).Assembly, typeof(Philox).Assembly]));
        Assert.NotEqual(one, BuildIdentity.Of(typeof(BuildIdentity).Assembly, [typeof(Philox).Assembly]));
        Assert.Matches(@"^\d+\.\d+\.\d+\S* \(modules [0-9a-f]{12}\)$", BuildIdentity.Current);
    }
}
