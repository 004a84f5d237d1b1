using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class VerdictTallyTests
{
    [Fact]
    public void All_are_counted_and_the_last_sixteen_kept()
    {
        var tally = new VerdictTally();
        for (var i = 0; i < 20; i++)
        {
            tally.Add(new VerdictReached(new EvaluationId(0, i, 0, 0), i % 2 == 0 ? ResourceKind.Time : ResourceKind.Crash, "", [], Rejected: i >= 15, i));
        }

        Assert.Equal((5, 15), (tally.Rejected, tally.Paused));
        Assert.Equal(2, tally.Counts[(ResourceKind.Time, true)]);
        Assert.Equal(7, tally.Counts[(ResourceKind.Crash, false)]);
        Assert.Equal(Enumerable.Range(4, 16), tally.Examples.Select(verdict => verdict.Id.Iteration));
    }
}
