using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// Hands batches out and takes in what workers answer: checks that it makes sense and belongs to what was asked, compares it with what is known,
/// and tells the coordinator. Answers are told apart by the evaluation they are of, not by the session or batch that asked: whoever computed
/// it, whenever, an outcome of the same parameters is the outcome.
/// </summary>
internal sealed class AnswerDesk
{
    /// <summary>A batch that a worker would not take goes out again after this time: that worker may well be who takes it again.</summary>
    public const double BounceSeconds = 1;

    private readonly FleetSettings settings;
    private readonly Membership membership;
    private readonly EvaluationTime evaluationTime;
    private readonly FleetOutbox outbox;
    private readonly OpenWork open = new();
    private readonly KnownOutcomes known;
    private readonly Queue<(double Due, long Batch, string Reason)> bounced = [];
    private readonly Receipts receipts;
    private readonly Disagreements disagreements;
    private readonly Repeats repeats;
    private long ownNumber;

    public AnswerDesk(FleetSettings settings, Membership membership, EvaluationTime evaluationTime, FleetOutbox outbox)
    {
        this.settings = settings;
        this.membership = membership;
        this.evaluationTime = evaluationTime;
        this.outbox = outbox;
        receipts = new Receipts(Session, outbox);
        disagreements = new Disagreements(outbox);
        known = new KnownOutcomes(disagreements);
        repeats = new Repeats(settings, membership, disagreements, outbox);
    }

    /// <summary>Answers that were thrown away because they made no sense.</summary>
    public long Garbage { get; private set; }

    /// <summary>Evaluations that were computed twice and agreed.</summary>
    public long Compared => disagreements.Agreed;

    /// <summary>Last iteration that all ensembles share: answers up to there are not wanted any more.</summary>
    public int SettledThrough { get; set; } = -1;

    private SessionId Session => settings.Offer.Session;

    /// <summary>Hands a batch out, except for what is known already.</summary>
    public void Dispatch(DispatchBatch batch)
    {
        List<EvaluationRequest> asked = new(batch.Requests.Count);
        List<SettledEvaluation> recalled = [];
        HashSet<AnswerId> origins = [];
        foreach (var request in batch.Requests)
        {
            if (known.Recall(request) is { } remembered)
            {
                recalled.Add(new SettledEvaluation(request.Id, remembered.Outcome));
                origins.Add(remembered.Origin);
            }
            else
            {
                asked.Add(request);
            }
        }

        if (asked.Count > 0)
        {
            open.Open(batch.Batch, asked, batch.Suspect);
            outbox.Send(
                new Destination.WorkQueue(settings.Offer.Model),
                new Work(Session, settings.Offer.Model, batch.Batch, asked, batch.Suspect, Repeat: false));
        }

        if (recalled.Count > 0)
        {
            Tell(asked.Count == 0 ? batch.Batch : --ownNumber, recalled, 0, [.. origins]);
        }
    }

    /// <summary>A worker is about to evaluate a suspect batch.</summary>
    public void Begun(WorkBegun begun)
    {
        if (begun.Session == Session && open.Find(begun.Batch) is { Suspect: true } batch)
        {
            batch.Begun = begun.Worker;
        }
    }

    /// <summary>An answer arrived.</summary>
    public void Take(WorkDone done, double now)
    {
        if (!AnswerChecks.IsSound(done, Session.Run, settings.RecordedCount))
        {
            Garbage++;
            return;
        }

        AnswerId answer = new(done.Worker, done.Session, done.Batch);
        if (done.Repeat)
        {
            Garbage += repeats.Answered(done) ? 0 : 1;
            receipts.GiveNow(answer);
        }
        else if (done.Session == Session && open.Find(done.Batch) is { } batch)
        {
            if (done.Return == WorkReturn.None)
            {
                TakeExpected(done, batch, answer, now);
            }
            else
            {
                TakeReturned(done, batch, now);
                receipts.GiveNow(answer);
            }
        }
        else if (done.Return != WorkReturn.None)
        {
            receipts.GiveNow(answer);
        }
        else
        {
            TakeLate(done, answer, now);
        }
    }

    /// <summary>These batches are in the journal.</summary>
    public void Journaled(IReadOnlyList<long> batches) => receipts.Journaled(batches);

    /// <summary>Everything that was out may be lost.</summary>
    public void Clear()
    {
        open.Clear();
        bounced.Clear();
        repeats.Clear();
    }

    /// <summary>Gives every receipt that waits for company: the end is near, and nobody may come back to do it.</summary>
    public void GiveReceipts() => receipts.GiveAll();

    /// <summary>Time passed.</summary>
    public void Passed(double now)
    {
        GiveReceipts();
        while (bounced.TryPeek(out var bounce) && bounce.Due <= now)
        {
            bounced.Dequeue();
            if (open.Find(bounce.Batch) is { Held: true } batch)
            {
                TellLost(batch, new Lost(bounce.Reason));
            }
        }

        repeats.Passed(now);
    }

    private void TakeExpected(WorkDone done, OpenBatch batch, AnswerId answer, double now)
    {
        var isRefused = membership.IsRefused(done.Worker);
        Dictionary<EvaluationId, EvaluationOutcome> outcomes = new(batch.Requests.Count);
        for (var i = 0; i < done.Outcomes.Count; i++)
        {
            var (id, outcome) = done.Outcomes[i];
            if (batch.Find(id, expectedAt: i) is not { } request)
            {
                Garbage++;
            }
            else if (outcome is Lost)
            {
                outcomes.TryAdd(id, known.Settled(id) ?? outcome);
            }
            else if (isRefused || done.ParameterHashes[i] != ParameterHash.Of(request.Parameters))
            {
                Garbage++;
                outcomes.TryAdd(id, new Lost($"worker {done.Worker} answered {(isRefused ? "although it was refused" : "for other parameters")}"));
            }
            else if (TakeOutcome(request, outcome, answer, now))
            {
                outcomes.TryAdd(id, outcome);
            }
        }

        foreach (var request in batch.Requests.Where(request => !outcomes.ContainsKey(request.Id)))
        {
            outcomes.Add(request.Id, known.Settled(request.Id) ?? new Lost($"worker {done.Worker} left it out of its answer"));
        }

        evaluationTime.Observe(done.Elapsed, outcomes.Values.Count(outcome => outcome is not Lost));
        open.Close(batch.Number);
        Tell(batch.Number, [.. outcomes.Select(pair => new SettledEvaluation(pair.Key, pair.Value))], done.Elapsed, [answer]);
    }

    // A batch that the broker delivered twice was held by a consumer that vanished, maybe because of it. A suspect that nobody had begun was not
    // the reason: its beginning is confirmed before it begins.
    private void TakeReturned(WorkDone done, OpenBatch batch, double now)
    {
        switch (done.Return)
        {
            case WorkReturn.Redelivered when batch is { Suspect: true, Begun: null }:
                TellLost(batch, new Lost("its worker vanished before it began"));
                break;
            case WorkReturn.Redelivered:
                // Copies of one evaluation may have been in the hands of one consumer: those that nobody knows pass for the same.
                var death = batch.Begun?.Name ?? FormattableString.Invariant($"unknown consumer of session {Session}");
                TellLost(batch, new Lost("its worker vanished") { Death = death });
                break;
            case WorkReturn.NotAdmitted:
                membership.Remind(done.Worker);
                if (!batch.Held)
                {
                    batch.Held = true;
                    bounced.Enqueue((now + BounceSeconds, batch.Number, $"worker {done.Worker} was not admitted"));
                }

                break;
            case WorkReturn.Undelivered:
                TellLost(batch, new Lost("the transport did not take it"));
                break;
            default:
                TellLost(batch, new Lost($"worker {done.Worker} stops"));
                break;
        }
    }

    // An answer that the session did not wait for under this name: sent again, asked for by an earlier session, or given up as lost.
    private void TakeLate(WorkDone done, AnswerId answer, double now)
    {
        if (done.Session == Session && (done.Batch < 1 || done.Batch > open.LastBatch))
        {
            Garbage++;
            return;
        }

        if (receipts.IsPending(answer) || membership.IsRefused(done.Worker))
        {
            return;
        }

        List<SettledEvaluation> late = [];
        var isKept = false;
        for (var i = 0; i < done.Outcomes.Count; i++)
        {
            var (id, outcome) = done.Outcomes[i];
            var hash = done.ParameterHashes[i];
            if (!OutcomeComparison.IsComparable(outcome))
            {
                continue;
            }

            if (open.Find(id) is { } wanted)
            {
                if (wanted.Hash == hash && TakeOutcome(wanted.Request, outcome, answer, now))
                {
                    late.Add(done.Outcomes[i]);
                }
            }
            else if (!known.Compare(id, hash, outcome, done.Worker) && id.Iteration > SettledThrough)
            {
                isKept = true;
                known.Keep(id, hash, outcome, answer);
            }
        }

        if (late.Count > 0)
        {
            Tell(--ownNumber, late, 0, [answer]);
        }
        else if (!isKept)
        {
            receipts.GiveNow(answer);
        }
    }

    // Whether the coordinator is to hear of an outcome: it does unless the outcome contradicts what is known.
    private bool TakeOutcome(EvaluationRequest request, EvaluationOutcome outcome, AnswerId answer, double now)
    {
        var novelty = known.Take(request, outcome, answer);
        if (novelty == Novelty.First && OutcomeComparison.IsComparable(outcome))
        {
            open.Settle(request.Id);
            if (repeats.IsDue(request.Id))
            {
                repeats.Ask(--ownNumber, request, outcome, answer.Worker, now);
            }
        }

        return novelty != Novelty.Contradicted;
    }

    private void TellLost(OpenBatch batch, Lost lost)
    {
        open.Close(batch.Number);
        Tell(batch.Number, [.. batch.Requests.Select(request => new SettledEvaluation(request.Id, lost))], 0, []);
    }

    private void Tell(long batch, IReadOnlyList<SettledEvaluation> outcomes, double elapsed, IReadOnlyList<AnswerId> origins)
    {
        outbox.Tell(new EvaluationsReturned([new BatchAnswer(batch, outcomes, elapsed)]));
        if (outcomes.Any(settled => settled.Outcome is not Lost))
        {
            receipts.Expect(batch, origins);
            return;
        }

        // The journal says nothing of losses.
        foreach (var origin in origins)
        {
            receipts.GiveNow(origin);
        }
    }
}
