using Calibrate.Cluster.RabbitMq.Tests.Support;
using Calibrate.Cluster.RabbitMq.Workers;
using Calibrate.Inference;
using Calibrate.Models;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cluster.RabbitMq.Tests.Workers;

public class SlotThreadTests
{
    private static readonly EvaluationRequest Request = new(new EvaluationId(0, 1, 2, 0), [0.5, 0.25]);

    private readonly Workshop workshop = new(new WorkerOptions(1, SlotIsolation.Thread), new BuiltInModels(), TimeProvider.System);
    private readonly TaskCompletionSource<WorkerInput.Evaluated> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> log = [];

    [Fact]
    public async Task A_model_that_was_prepared_is_evaluated_bit_for_bit_as_its_canaries_were()
    {
        var problem = TestCluster.Gaussian("slot");
        var offer = new Offer(
            new SessionId(RunId.Parse("slot"), 1), ClusterModel.Of(problem, BuildIdentity.Current), ProblemBundle.Of(problem), HostPlatform.Current, BuildIdentity.Current, [Request.Parameters], new SlotLimits(null, null));
        var prepared = workshop.Prepare(offer, CancellationToken.None);
        Assert.Equal((offer.Model, ""), (prepared.Model, prepared.Refusal));
        var evaluated = await EvaluateAsync(offer.Model);
        Assert.Equal(
            Assert.IsType<Evaluated>(Assert.Single(prepared.Canaries)).LogLikelihood,
            Assert.IsType<Evaluated>(Assert.Single(evaluated.Outcomes).Outcome).LogLikelihood);
    }

    [Fact]
    public async Task A_model_that_is_not_here_is_lost_work_and_not_a_crash()
    {
        var evaluated = await EvaluateAsync(new ModelFingerprint(Calibrate.Problems.Fingerprint.Of("unknown")));
        var lost = Assert.IsType<Lost>(Assert.Single(evaluated.Outcomes).Outcome);
        Assert.Null(lost.Death);
        Assert.Single(log);
    }

    private async Task<WorkerInput.Evaluated> EvaluateAsync(ModelFingerprint model)
    {
        var slot = new SlotThread(0, workshop, TimeProvider.System, answered.SetResult, log.Add, CancellationToken.None);
        slot.Evaluate(model, [Request]);
        slot.Release(model);
        slot.Stop();
        Assert.True(slot.Join(TimeSpan.FromSeconds(30)));
        return await answered.Task;
    }
}
