using Calibrate.Inference.States;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Dataflow;

/// <summary>
/// The dataflow driver's side of an ensemble: a ring of iterations beyond the last complete one, in which steps become ready, fly and
/// settle. What a step reads and how it is decided is the method's (derived classes); the bookkeeping is here.
/// </summary>
/// <remarks>
/// What is saved depends on the outcomes that came in and on nothing else: not on what was handed out, nor on how far the ring was opened.
/// Proposals that the prior rejects are worked out again after a restore.
/// </remarks>
internal abstract class Frontier
{
    /// <summary>Iterations in the ring, the last complete one included: a power of two.</summary>
    internal const int MostSlots = 64;

    /// <summary>Big ensembles get a shorter ring: this many bytes, but never fewer than 4 iterations.</summary>
    private const long MostBytes = 32L << 20;

    private readonly FrontierSlot[] slots;
    private readonly ReadyList ready;
    private readonly List<FailureExample> failures = [];
    private FrontierArchive? archive;
    private int openedThrough;
    private int evaluatedThrough;

    protected Frontier(int ensemble, EnsembleShape shape, ChainRecord record)
    {
        Ensemble = ensemble;
        Shape = shape;
        Record = record;
        slots = new FrontierSlot[SlotsFor(shape)];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = new FrontierSlot(shape);
        }

        ready = new ReadyList(slots.Length * shape.Walkers);
        openedThrough = record.Iteration;
        evaluatedThrough = record.Iteration;
        if (record.Iteration >= 0)
        {
            FrontierSlot complete = Slot(record.Iteration);
            complete.States = record.Current;
            Array.Fill(complete.Stages, StepStage.Settled);
        }
    }

    /// <summary>How many iterations beyond the last complete one are open at most.</summary>
    internal int LookAhead => slots.Length - 1;

    /// <summary>The last iteration beyond the complete ones in which an evaluation came in; else the last complete one.</summary>
    internal int EvaluatedThrough => Math.Max(evaluatedThrough, Record.Iteration);

    protected int Ensemble { get; }

    protected EnsembleShape Shape { get; }

    protected ChainRecord Record { get; }

    protected int SlotCount => slots.Length;

    internal void TakeReady(int horizon, List<EvaluationRequest> requests)
    {
        int before;
        do
        {
            before = Record.Iteration;
            OpenThrough(Math.Min(horizon, before + LookAhead));

            // iterations in which the prior rejected every proposal complete without an evaluation
            CompleteThrough(Math.Max(horizon, EvaluatedThrough));
        }
        while (Record.Iteration != before);

        if (Record.Refusal is not null)
        {
            return;
        }

        for (int step = ready.First; step >= 0;)
        {
            int after = ready.After(step);
            FrontierSlot slot = slots[step / Shape.Walkers];
            int walker = step % Shape.Walkers;
            EvaluationRequest request = slot.Requests[walker]!;
            if (request.Id.Iteration <= horizon)
            {
                ready.Remove(step);
                slot.Stages[walker] = StepStage.InFlight;
                requests.Add(request);
            }

            step = after;
        }
    }

    internal void ReturnUnfinished()
    {
        ready.Clear();
        for (int iteration = Record.Iteration + 1; iteration <= openedThrough; iteration++)
        {
            FrontierSlot slot = Slot(iteration);
            for (int walker = 0; walker < Shape.Walkers; walker++)
            {
                if (slot.Requests[walker] is not null)
                {
                    slot.Stages[walker] = StepStage.Ready;
                    ready.Append(StepOf(iteration, walker));
                }
            }
        }
    }

    internal bool Settle(EvaluationId id, EvaluationOutcome outcome)
    {
        if (Record.Refusal is not null || id.Ensemble != Ensemble || (uint)id.Walker >= (uint)Shape.Walkers)
        {
            return false;
        }

        CatchUp(id.Iteration);
        if (id.Iteration <= Record.Iteration || id.Iteration > Record.Iteration + LookAhead)
        {
            return false;
        }

        FrontierSlot slot = Slot(id.Iteration);
        EvaluationRequest? request = slot.Requests[id.Walker];
        if (request is null || request.Id != id || Record.Refusal is not null)
        {
            return false;
        }

        int step = StepOf(id.Iteration, id.Walker);
        bool inFlight = slot.Stages[id.Walker] == StepStage.InFlight;
        if (outcome is Lost)
        {
            if (inFlight)
            {
                slot.Stages[id.Walker] = StepStage.Ready;
                ready.Append(step);
            }

            return false;
        }

        if (!inFlight)
        {
            ready.Remove(step);
        }

        slot.Requests[id.Walker] = null;
        TakeIn(slot, request, outcome);
        CompleteThrough(EvaluatedThrough);
        return true;
    }

    /// <summary>Writes what came in beyond the last complete iteration; of an ensemble that refuses to go on, nothing.</summary>
    internal void Save(StateWriter writer)
    {
        if (Record.Refusal is not null)
        {
            SaveNothing(writer);
            return;
        }

        SaveRedraws(writer);
        FrontierArchive settled = new(Shape);
        for (int iteration = Record.Iteration + 1; iteration <= openedThrough; iteration++)
        {
            FrontierSlot slot = Slot(iteration);
            for (int walker = 0; walker < Shape.Walkers; walker++)
            {
                if (slot.Stages[walker] == StepStage.Settled && slot.Evaluated[walker])
                {
                    settled.Add(iteration, walker, slot.States, Moved(iteration, walker, slot));
                }
            }
        }

        settled.Save(writer);
        failures.Sort(FailureLog.InOrder);
        FailureLog.SaveExamples(writer, failures);
    }

    /// <summary>What <see cref="Save"/> writes when nothing came in.</summary>
    internal static void SaveNothing(StateWriter writer)
    {
        writer.Int32(0);
        writer.Int32(0);
        writer.Int32(0);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into a fresh frontier.</summary>
    internal void Restore(ref StateReader reader)
    {
        RestoreRedraws(ref reader);
        archive = FrontierArchive.Restore(ref reader, Shape);
        failures.AddRange(FailureLog.RestoreExamples(ref reader, Ensemble));
        if (archive.Last > Record.Iteration + LookAhead || (archive.Count > 0 && archive.First <= Record.Iteration))
        {
            throw StateReader.Damaged();
        }

        evaluatedThrough = Math.Max(archive.Last, evaluatedThrough);
        OpenThrough(archive.Last);
        if (archive.Count > 0)
        {
            throw StateReader.Damaged();
        }

        archive = null;
    }

    protected FrontierSlot Slot(int iteration) => slots[iteration & (slots.Length - 1)];

    protected int SlotIndex(int iteration) => iteration & (slots.Length - 1);

    /// <summary>Links the steps of an iteration that was just reset, and makes those ready that wait for nothing.</summary>
    protected abstract void Open(int iteration, FrontierSlot slot);

    /// <summary>Decides a step whose evaluation came in; <paramref name="recorded"/> is empty if it failed.</summary>
    protected abstract void Decide(EvaluationId id, FrontierSlot slot, double logLikelihood, ReadOnlySpan<double> recorded);

    /// <summary>Called when every step of the next iteration is settled, before it becomes part of the chain.</summary>
    protected virtual void Finish(int iteration, FrontierSlot slot)
    {
    }

    /// <summary>Called when an iteration became part of the chain.</summary>
    protected virtual void Completed(int iteration)
    {
    }

    /// <summary>Whether a settled, evaluated step has to be saved with the walker's new state; else it stayed where it was.</summary>
    protected abstract bool Moved(int iteration, int walker, FrontierSlot slot);

    /// <summary>Writes which initial positions were drawn again; a method that never does so writes the number zero.</summary>
    protected virtual void SaveRedraws(StateWriter writer) => writer.Int32(0);

    protected virtual void RestoreRedraws(ref StateReader reader)
    {
        if (reader.Int32() != 0)
        {
            throw StateReader.Damaged();
        }
    }

    /// <summary>Counts an iteration as reached by evaluations: it is saved from now on.</summary>
    protected void Reach(int iteration) => evaluatedThrough = Math.Max(evaluatedThrough, iteration);

    /// <summary>Makes a step ready whose proposal was put into the slot.</summary>
    protected void MakeReady(FrontierSlot slot, EvaluationId id, ReadOnlySpan<double> natural)
    {
        slot.Requests[id.Walker] = new EvaluationRequest(id, natural.ToArray());
        slot.Stages[id.Walker] = StepStage.Ready;
        ready.Append(StepOf(id.Iteration, id.Walker));
    }

    /// <summary>During a restore: takes over the saved state of a step, if it has one.</summary>
    /// <param name="iteration">Iteration of the step.</param>
    /// <param name="walker">Walker of the step.</param>
    /// <param name="slot">Slot of the iteration.</param>
    /// <param name="moved">False if the walker stayed where it was.</param>
    protected bool TryTakeFromArchive(int iteration, int walker, FrontierSlot slot, out bool moved)
    {
        moved = false;
        if (archive is null || !archive.TryTake(iteration, walker, slot.States, out moved))
        {
            return false;
        }

        slot.Evaluated[walker] = true;
        slot.Evaluations++;
        return true;
    }

    private static int SlotsFor(EnsembleShape shape)
    {
        long bytes = (long)shape.Walkers * (shape.Dimension + shape.RecordedCount + 8) * sizeof(double);
        int count = MostSlots;
        while (count > 4 && count * bytes > MostBytes)
        {
            count /= 2;
        }

        return count;
    }

    private int StepOf(int iteration, int walker) => (SlotIndex(iteration) * Shape.Walkers) + walker;

    private void TakeIn(FrontierSlot slot, EvaluationRequest request, EvaluationOutcome outcome)
    {
        double logLikelihood = double.NegativeInfinity;
        ReadOnlySpan<double> recorded = [];
        if (FailureLog.Describe(outcome) is { } failure)
        {
            if (string.Equals(failure.Kind, nameof(ModelFailureKind.PositiveInfinity), StringComparison.Ordinal))
            {
                Record.Refuse(RefusalTexts.InfiniteLikelihood(request.Id, request.Parameters, failure.Message));
                return;
            }

            failures.Add(new FailureExample(request.Id, failure.Kind, request.Parameters, failure.Message));
        }
        else
        {
            Evaluated evaluated = (Evaluated)outcome;
            if (evaluated.Recorded.Length != Shape.RecordedCount)
            {
                throw new ArgumentException($"An evaluation records {evaluated.Recorded.Length} outputs; this method keeps {Shape.RecordedCount}.", nameof(outcome));
            }

            logLikelihood = evaluated.LogLikelihood;
            recorded = evaluated.Recorded;
        }

        slot.Evaluations++;
        slot.Evaluated[request.Id.Walker] = true;
        Reach(request.Id.Iteration);
        Decide(request.Id, slot, logLikelihood, recorded);
    }

    // An evaluation of an iteration was handed out only after TakeReady had completed, far enough for the look-ahead to reach it, the iterations
    // before it in which the prior rejected every proposal. Whoever settles without having taken requests, as a fold does, has to do the same.
    private void CatchUp(int iteration)
    {
        int before;
        do
        {
            before = Record.Iteration;
            OpenThrough(Math.Min(iteration, before + LookAhead));
            CompleteThrough(iteration - 1);
        }
        while (Record.Iteration != before);
    }

    private void OpenThrough(int iteration)
    {
        while (openedThrough < iteration && Record.Refusal is null)
        {
            openedThrough++;
            FrontierSlot slot = Slot(openedThrough);
            if (ReferenceEquals(slot.States, Record.Current))
            {
                throw new InvalidOperationException("The look-ahead ring overran the last complete iteration.");
            }

            slot.Reset();
            Open(openedThrough, slot);
        }
    }

    private void CompleteThrough(int limit)
    {
        int next = Record.Iteration + 1;
        while (next <= limit && next <= openedThrough && Slot(next).Unsettled == 0 && Record.Refusal is null)
        {
            FrontierSlot slot = Slot(next);
            Finish(next, slot);
            Record.Append(slot.States, slot.Evaluations, TakeFailures(next));
            Completed(next);
            next = Record.Iteration + 1;
        }
    }

    private List<FailureExample>? TakeFailures(int iteration)
    {
        if (failures.Count == 0)
        {
            return null;
        }

        List<FailureExample> taken = failures.FindAll(failure => failure.Id.Iteration == iteration);
        failures.RemoveAll(failure => failure.Id.Iteration == iteration);
        return taken;
    }
}
