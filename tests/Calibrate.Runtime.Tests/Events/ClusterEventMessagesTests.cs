using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;

namespace Calibrate.Runtime.Tests.Events;

public class ClusterEventMessagesTests
{
    private static readonly EvaluationId Id = new(1, 2, 3, 4);

    [Fact]
    public void Canaries_keep_their_order_and_their_bits()
    {
        EvaluationOutcome[] outcomes =
        [
            new Evaluated(-0.1, [1, double.NaN]), new ModelFailed(ModelFailureKind.Exception, "no"), new ResourceExceeded(ResourceKind.Time, "30 s"),
            new Evaluated(double.NegativeInfinity, []),
        ];
        var back = Assert.IsType<CanariesRecorded>(RoundTrip(new CanariesRecorded(outcomes, 5)));

        Assert.Equal(5, back.Seconds);
        Assert.Equivalent(outcomes, back.Outcomes, strict: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_verdict_comes_back_whole(bool rejected)
    {
        var verdict = new VerdictReached(Id, ResourceKind.Crash, "three died", [1.5, double.NaN], rejected, 6);
        Assert.Equivalent(verdict, RoundTrip(verdict), strict: true);
    }

    [Fact]
    public void A_disagreement_comes_back_whole()
    {
        var found = new DisagreementFound(Id, [1.5], "w1", new Evaluated(-1, [3]), "w2", new ModelFailed(ModelFailureKind.NotANumber, "NaN"), 7);
        Assert.Equivalent(found, RoundTrip(found), strict: true);
    }

    private static RunEvent RoundTrip(RunEvent @event)
    {
        var buffers = new PayloadBuffers();
        var journaled = RunEventCodec.Encode(@event, buffers);
        var back = RunEventCodec.Decode(journaled.Kind, journaled.Payload.ToArray());
        buffers.Return();
        return back;
    }
}
