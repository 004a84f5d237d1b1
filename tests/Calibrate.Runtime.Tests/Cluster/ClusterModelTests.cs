using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Cluster;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Cluster;

public class ClusterModelTests
{
    private static readonly Problem Plain = TestProblems.Normal();

    [Fact]
    public void The_same_problem_and_build_share_a_queue()
    {
        Assert.Equal(ClusterModel.Of(Plain, "build"), ClusterModel.Of(TestProblems.Normal(iterations: 9), "build"));
        Assert.NotEqual(ClusterModel.Of(Plain, "build"), ClusterModel.Of(Plain, "other build"));
        Assert.NotEqual(ClusterModel.Of(Plain, "build"), ClusterModel.Of(TestProblems.Normal(dimension: 3), "build"));
    }

    [Fact]
    public void Without_limits_there_are_none() => Assert.Equal(new SlotLimits(null, null), ClusterModel.LimitsOf(Plain));
}
