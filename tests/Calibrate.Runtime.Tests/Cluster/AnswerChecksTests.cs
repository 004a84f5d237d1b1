using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class AnswerChecksTests
{
    [Fact]
    public void A_good_answer_is_sound()
    {
        Assert.True(IsSound(Done(Ann, 1, 1, 2)));
        Assert.True(IsSound(DoneWith(Ann, 1, (1, Value(double.NegativeInfinity)), (2, new ModelFailed(ModelFailureKind.Exception, "x")))));
        Assert.True(IsSound(Returned(Ann, 1, WorkReturn.Redelivered, 1)));
    }

    [Fact]
    public void Nonsense_is_not()
    {
        Assert.False(IsSound(Done(Ann, 1, 1) with { Session = Session(run: "other") }));
        Assert.False(IsSound(Done(Ann, 1)));
        Assert.False(IsSound(Done(Ann, 1, 1, 2) with { ParameterHashes = [1] }));
        Assert.False(IsSound(Done(Ann, 1, 1) with { Elapsed = double.NaN }));
        Assert.False(IsSound(Done(Ann, 1, 1) with { Elapsed = -1 }));
        Assert.False(IsSound(DoneWith(Ann, 1, (1, Value(double.NaN)))));
        Assert.False(IsSound(DoneWith(Ann, 1, (1, Value(double.PositiveInfinity)))));
        Assert.False(IsSound(DoneWith(Ann, 1, (1, new Evaluated(-1, [1])))));
        Assert.False(IsSound(Done(Ann, 1, 1) with { Return = WorkReturn.Stopping }));
    }

    private static bool IsSound(WorkDone done) => AnswerChecks.IsSound(done, RunId.Parse("run"), recordedCount: 0);
}
