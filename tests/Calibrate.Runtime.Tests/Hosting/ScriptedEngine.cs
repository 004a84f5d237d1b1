using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Hosting;

/// <summary>An engine that answers at once, on the caller's thread, unless the test says otherwise.</summary>
internal sealed class ScriptedEngine : IEngine
{
    private ISlot? slot;

    public string Name => "scripted";

    public EngineWork? Work { get; private set; }

    /// <summary>Everything it was asked to do, in order.</summary>
    public List<RunEffect> Performed { get; } = [];

    public List<FleetProgress> Reports { get; } = [];

    public int Disposals { get; private set; }

    public EngineReady Ready { get; init; } = new(ExecutionMode.Dataflow, 3, 0);

    /// <summary>What it tells the coordinator while it gets ready.</summary>
    public IReadOnlyList<RunCommand> Announces { get; init; } = [];

    /// <summary>What the test wants instead of the truth; null for the truth.</summary>
    public Func<EvaluationRequest, EvaluationOutcome?> Instead { get; init; } = _ => null;

    /// <summary>Batches that are never answered.</summary>
    public Func<DispatchBatch, bool> Swallows { get; init; } = _ => false;

    public Action<RunEffect> OnPerform { get; init; } = _ => { };

    public Task<EngineReady> PrepareAsync(EngineWork work, CancellationToken cancellationToken)
    {
        Work = work;
        slot = new ThreadSlotFactory(work.Likelihood).Create();
        foreach (var command in Announces)
        {
            work.Answers.PostUrgent(command);
        }

        return Task.FromResult(Ready);
    }

    public void Perform(RunEffect effect)
    {
        Performed.Add(effect);
        OnPerform(effect);
        switch (effect)
        {
            case DispatchBatch batch when !Swallows(batch):
                var truth = slot!.Evaluate(batch.Requests, CancellationToken.None);
                SettledEvaluation[] outcomes = [.. batch.Requests.Zip(truth, (request, settled) => settled with { Outcome = Instead(request) ?? settled.Outcome })];
                Work!.Answers.PostUrgent(new EvaluationsReturned([new BatchAnswer(batch.Batch, outcomes, 1e-4)]));
                break;
            case CancelWork:
                Work!.Answers.PostUrgent(new EngineQuiet());
                break;
        }
    }

    public void Report(FleetProgress progress) => Reports.Add(progress);

    public async ValueTask DisposeAsync()
    {
        Disposals++;
        if (slot is not null)
        {
            await slot.DisposeAsync();
        }
    }
}
