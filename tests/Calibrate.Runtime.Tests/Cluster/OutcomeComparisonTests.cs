using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Tests.Cluster;

public class OutcomeComparisonTests
{
    private static readonly ModelFailed NotANumber = new(ModelFailureKind.NotANumber, "output 1");

    [Fact]
    public void Values_agree_to_the_last_bit()
    {
        Assert.True(OutcomeComparison.Agree(new Evaluated(-1.5, [1, double.NaN]), new Evaluated(-1.5, [1, double.NaN])));
        Assert.False(OutcomeComparison.Agree(new Evaluated(-1.5, [1]), new Evaluated(Math.BitDecrement(-1.5), [1])));
        Assert.False(OutcomeComparison.Agree(new Evaluated(-1.5, [1]), new Evaluated(-1.5, [Math.BitIncrement(1)])));
        Assert.False(OutcomeComparison.Agree(new Evaluated(0.0, []), new Evaluated(-0.0, [])));
        Assert.False(OutcomeComparison.Agree(new Evaluated(-1.5, [0.0]), new Evaluated(-1.5, [-0.0])));
        Assert.False(OutcomeComparison.Agree(new Evaluated(-1.5, [1]), new Evaluated(-1.5, [1, 2])));
        Assert.True(OutcomeComparison.Agree(new Evaluated(double.NegativeInfinity, []), new Evaluated(double.NegativeInfinity, [])));
    }

    [Fact]
    public void Failures_agree_by_kind()
    {
        Assert.True(OutcomeComparison.Agree(NotANumber, new ModelFailed(ModelFailureKind.NotANumber, "another text")));
        Assert.False(OutcomeComparison.Agree(NotANumber, new ModelFailed(ModelFailureKind.Exception, "output 1")));
        Assert.False(OutcomeComparison.Agree(NotANumber, new Evaluated(double.NegativeInfinity, [])));
    }

    [Fact]
    public void Only_what_the_parameters_decide_is_compared()
    {
        Assert.True(OutcomeComparison.IsComparable(NotANumber));
        Assert.True(OutcomeComparison.IsComparable(new Evaluated(0, [])));
        Assert.False(OutcomeComparison.IsComparable(new Lost("x")));
        Assert.False(OutcomeComparison.IsComparable(new ResourceExceeded(ResourceKind.Memory, "x")));
    }

    [Fact]
    public void A_difference_is_told_with_its_bits()
    {
        Assert.Equal(
            "recorded output 2 is 3 (0x4008000000000000) there, 2 (0x4000000000000000) here",
            OutcomeComparison.Difference(new Evaluated(-1, [1, 2]), new Evaluated(-1, [1, 3]), "here"));
        Assert.Equal("2 recorded outputs there, 1 here", OutcomeComparison.Difference(new Evaluated(-1, [1]), new Evaluated(-1, [1, 3]), "here"));
        Assert.Equal(
            "limit Time exceeded (slow) there, lost (gone) here",
            OutcomeComparison.Difference(new Lost("gone"), new ResourceExceeded(ResourceKind.Time, "slow"), "here"));
    }
}
