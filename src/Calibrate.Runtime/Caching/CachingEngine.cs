using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Caching;

/// <summary>
/// An engine in front of another one that answers what a cache knows, and keeps what comes back. The chain cannot tell: a key stands for the
/// bits of parameters, model, data, targets and code, and what depends on the machine (lost evaluations, exceeded limits) is never kept.
/// </summary>
/// <param name="inner">Who evaluates what is not known.</param>
/// <param name="cache">What is known.</param>
/// <param name="keys">The keys of the problem.</param>
public sealed class CachingEngine(IEngine inner, IEvaluationCache cache, EvaluationKeys keys) : IEngine
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, OpenBatch> open = [];
    private readonly HashSet<long> answeredHere = [];
    private ICommandSink? answers;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public bool KeepsLimits => inner.KeepsLimits;

    /// <summary>Evaluations that were answered from the cache in this session.</summary>
    public long Hits { get; private set; }

    /// <summary>Evaluations that were not known in this session.</summary>
    public long Misses { get; private set; }

    /// <inheritdoc/>
    public Task<EngineReady> PrepareAsync(EngineWork work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        answers = work.Answers;

        // What is known needs no trial run either.
        var probes = work.Probes.Where(probe => cache.Find(keys.Of(probe.Parameters)) is null).ToList();
        return inner.PrepareAsync(work with { Answers = new KeepingSink(this, work.Answers), Probes = probes }, cancellationToken);
    }

    /// <inheritdoc/>
    public void Perform(RunEffect effect)
    {
        switch (effect)
        {
            case DispatchBatch batch:
                Dispatch(batch);
                break;
            case AnswersJournaled journaled:
                Forward(journaled);
                break;
            default:
                inner.Perform(effect);
                break;
        }
    }

    /// <inheritdoc/>
    public void Report(FleetProgress progress) => inner.Report(progress);

    /// <inheritdoc/>
    public EngineView Look(bool somebodyAsks) => inner.Look(somebodyAsks);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Dispatch(DispatchBatch batch)
    {
        List<SettledEvaluation> known = [];
        List<EvaluationRequest> unknown = [];
        foreach (var request in batch.Requests)
        {
            if (cache.Find(keys.Of(request.Parameters)) is { } outcome)
            {
                known.Add(new SettledEvaluation(request.Id, outcome));
            }
            else
            {
                unknown.Add(request);
            }
        }

        Hits += known.Count;
        Misses += unknown.Count;
        if (unknown.Count == 0)
        {
            lock (gate)
            {
                answeredHere.Add(batch.Batch);
            }

            // Whoever performs effects also reads the answers, so it must not wait for a place; no time was spent, so none is told.
            answers!.PostUrgent(new EvaluationsReturned([new BatchAnswer(batch.Batch, known, 0)]));
            return;
        }

        lock (gate)
        {
            open[batch.Batch] = new OpenBatch(known, unknown.ToDictionary(request => request.Id, request => request.Parameters));
        }

        inner.Perform(known.Count == 0 ? batch : batch with { Requests = unknown });
    }

    private void Forward(AnswersJournaled journaled)
    {
        List<long> ofInner;
        lock (gate)
        {
            ofInner = [.. journaled.Batches.Where(batch => !answeredHere.Remove(batch))];
        }

        if (ofInner.Count > 0)
        {
            inner.Perform(new AnswersJournaled(ofInner));
        }
    }

    private EvaluationsReturned Keep(EvaluationsReturned returned) => new([.. returned.Answers.Select(Keep)]);

    // An answer ends its batch for the coordinator, so what was known of the batch goes home with it.
    private BatchAnswer Keep(BatchAnswer answer)
    {
        OpenBatch? batch;
        lock (gate)
        {
            if (!open.Remove(answer.Batch, out batch))
            {
                return answer;
            }
        }

        foreach (var (id, outcome) in answer.Outcomes)
        {
            if (outcome is Evaluated or ModelFailed && batch.Asked.TryGetValue(id, out var parameters))
            {
                cache.Store(keys.Of(parameters), outcome);
            }
        }

        // The time per evaluation stays that of the ones that were made.
        var share = answer.Outcomes.Count == 0 ? 1 : (answer.Outcomes.Count + batch.Known.Count) / (double)answer.Outcomes.Count;
        return batch.Known.Count == 0
            ? answer
            : new BatchAnswer(answer.Batch, [.. batch.Known, .. answer.Outcomes], answer.Elapsed * share);
    }

    private sealed record OpenBatch(List<SettledEvaluation> Known, Dictionary<EvaluationId, double[]> Asked);

    private sealed class KeepingSink(CachingEngine engine, ICommandSink home) : ICommandSink
    {
        public bool Post(RunCommand command) => home.Post(Kept(command));

        public void PostUrgent(RunCommand command) => home.PostUrgent(Kept(command));

        public void Fault(Exception exception) => home.Fault(exception);

        private RunCommand Kept(RunCommand command) => command is EvaluationsReturned returned ? engine.Keep(returned) : command;
    }
}
