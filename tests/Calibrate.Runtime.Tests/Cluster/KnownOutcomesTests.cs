using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class KnownOutcomesTests
{
    private static readonly AnswerId OfAnn = new(Ann, Session(), 1);
    private static readonly AnswerId OfBob = new(Bob, Session(), 2);

    private readonly Disagreements disagreements = new(new FleetOutbox());
    private readonly KnownOutcomes known;

    public KnownOutcomesTests() => known = new KnownOutcomes(disagreements);

    [Fact]
    public void The_first_outcome_is_news_the_next_one_confirms_or_contradicts_it()
    {
        Assert.Equal(Novelty.First, known.Take(Request(1), Value(-1), OfAnn));
        Assert.Equal(Novelty.Repeated, known.Take(Request(1), Value(-1), OfBob));
        Assert.Equal(Novelty.Contradicted, known.Take(Request(1), Value(-2), OfBob));
        Assert.Equal(Value(-1).LogLikelihood, ((Evaluated)known.Settled(Request(1).Id)!).LogLikelihood);
    }

    [Fact]
    public void The_same_name_with_other_parameters_is_another_evaluation()
    {
        known.Take(Request(1), Value(-1), OfAnn);

        Assert.Equal(Novelty.First, known.Take(Request(1) with { Parameters = [9, 9] }, Value(-2), OfBob));
        Assert.Null(known.Recall(Request(1)));
    }

    [Fact]
    public void A_verdict_is_passed_on_and_not_remembered()
    {
        Assert.Equal(Novelty.First, known.Take(Request(1), new ResourceExceeded(ResourceKind.Time, "slow"), OfAnn));
        Assert.Null(known.Recall(Request(1)));
    }

    [Fact]
    public void What_is_settled_or_came_early_is_recalled()
    {
        known.Take(Request(1), Value(-1), OfAnn);
        known.Keep(Request(2).Id, ParameterHash.Of(Request(2).Parameters), Value(-2), OfBob);

        Assert.Equal(OfAnn, known.Recall(Request(1))!.Origin);
        Assert.Equal(OfBob, known.Recall(Request(2))!.Origin);
        Assert.Equal(OfBob, known.Recall(Request(2))!.Origin);
        Assert.Null(known.Recall(Request(3)));
    }

    [Fact]
    public void A_late_duplicate_is_compared_when_its_parameters_are_the_same()
    {
        known.Take(Request(1), Value(-1), OfAnn);

        Assert.True(known.Compare(Request(1).Id, ParameterHash.Of(Request(1).Parameters), Value(-1), Bob));
        Assert.True(known.Compare(Request(1).Id, 123, Value(-7), Bob));
        Assert.False(known.Compare(Request(2).Id, 123, Value(-7), Bob));
        Assert.Equal(1, disagreements.Agreed);
    }
}
