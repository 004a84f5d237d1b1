using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class DisagreementsTests
{
    private readonly List<FleetOutput> outputs = [];
    private readonly Disagreements disagreements;

    public DisagreementsTests()
    {
        FleetOutbox outbox = new();
        outbox.Into(outputs);
        disagreements = new Disagreements(outbox);
    }

    [Fact]
    public void Two_workers_that_agree_are_counted_and_one_that_says_it_twice_is_not()
    {
        Assert.True(Compare(Value(-1), Value(-1)));
        Assert.True(disagreements.Compare(Request(1), (Ann, Value(-1)), (Ann, Value(-1))));

        Assert.Equal(1, disagreements.Agreed);
    }

    [Fact]
    public void What_the_machine_decided_is_not_compared()
    {
        Assert.True(Compare(Value(-1), new Lost("gone")));
        Assert.True(Compare(new ResourceExceeded(ResourceKind.Time, "slow"), Value(-1)));

        Assert.Equal(0, disagreements.Agreed);
        Assert.Empty(outputs);
    }

    [Fact]
    public void The_first_disagreements_are_told_and_all_are_found()
    {
        for (var i = 0; i < Disagreements.MostTold + 5; i++)
        {
            Assert.False(Compare(Value(-1), Value(-2)));
        }

        Assert.Equal(Disagreements.MostTold, outputs.Count);
        Assert.Equal("tell disagreed on iteration 1: ann -1, bob -2", Wording.Of(outputs[0]));
    }

    private bool Compare(EvaluationOutcome first, EvaluationOutcome second) => disagreements.Compare(Request(1), (Ann, first), (Bob, second));
}
