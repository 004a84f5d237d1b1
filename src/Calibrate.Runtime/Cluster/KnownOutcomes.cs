using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// What a session knows of evaluations: those that are settled, to compare late duplicates with, and those that were answered before anybody
/// asked in this session, as after a coordinator's restart.
/// </summary>
/// <param name="disagreements">Told of what does not agree.</param>
internal sealed class KnownOutcomes(Disagreements disagreements)
{
    /// <summary>
    /// Settled outcomes that are kept: at a thousand evaluations a second, those of the last minute.
    /// </summary>
    public const int MostSettled = 65_536;

    /// <summary>Outcomes that came before anybody asked: what the workers of a big cluster hold when its coordinator restarts.</summary>
    public const int MostAhead = 16_384;

    // 32 MiB each: binds problems that record much.
    private const long MostNumbers = 4 << 20;

    private readonly OutcomeMemory settled = new(MostSettled, MostNumbers);
    private readonly OutcomeMemory ahead = new(MostAhead, MostNumbers);

    /// <summary>Takes in the outcome of an evaluation that was asked for.</summary>
    /// <param name="request">The evaluation.</param>
    /// <param name="outcome">The outcome; not lost.</param>
    /// <param name="answer">The answer it came with.</param>
    /// <returns>Whether it is the first, repeats what is known, or contradicts it and is not to be used.</returns>
    public Novelty Take(EvaluationRequest request, EvaluationOutcome outcome, AnswerId answer)
    {
        var hash = ParameterHash.Of(request.Parameters);
        if (settled.Find(request.Id) is { } known)
        {
            if (known.Hash == hash)
            {
                return disagreements.Compare(request, (known.Origin.Worker, known.Outcome), (answer.Worker, outcome))
                    ? Novelty.Repeated
                    : Novelty.Contradicted;
            }

            settled.Forget(request.Id);
        }

        if (OutcomeComparison.IsComparable(outcome))
        {
            settled.Add(request.Id, new Remembered(hash, outcome, answer, request));
        }

        return Novelty.First;
    }

    /// <summary>Compares a late duplicate with what is known.</summary>
    /// <returns>False if nothing is known of the evaluation.</returns>
    public bool Compare(EvaluationId id, ulong hash, EvaluationOutcome outcome, WorkerId worker)
    {
        if (settled.Find(id) is not { Request: { } request } known)
        {
            return false;
        }

        if (known.Hash == hash)
        {
            disagreements.Compare(request, (known.Origin.Worker, known.Outcome), (worker, outcome));
        }

        return true;
    }

    /// <summary>Keeps an outcome that nobody asked for yet. What contradicts it is told when somebody asks: only then are the parameters known.</summary>
    public void Keep(EvaluationId id, ulong hash, EvaluationOutcome outcome, AnswerId answer)
    {
        if (ahead.Find(id) is not { } early)
        {
            ahead.Add(id, new Remembered(hash, outcome, answer, Request: null));
        }
        else if (early.Hash == hash && !OutcomeComparison.Agree(early.Outcome, outcome))
        {
            early.Rival ??= (answer.Worker, outcome);
        }
    }

    /// <summary>What is known of an evaluation that is asked for now: it need not be evaluated again.</summary>
    public Remembered? Recall(EvaluationRequest request)
    {
        var hash = ParameterHash.Of(request.Parameters);
        if (ahead.Find(request.Id) is { } early && early.Hash == hash)
        {
            ahead.Forget(request.Id);
            settled.Add(request.Id, early with { Request = request });
            if (early.Rival is { } rival)
            {
                disagreements.Compare(request, (early.Origin.Worker, early.Outcome), rival);
            }

            return early;
        }

        return settled.Find(request.Id) is { } known && known.Hash == hash ? known : null;
    }

    /// <summary>The settled outcome of an evaluation; null when it is not known.</summary>
    public EvaluationOutcome? Settled(EvaluationId id) => settled.Find(id)?.Outcome;
}

/// <summary>What an outcome adds to what is known.</summary>
internal enum Novelty
{
    /// <summary>It is the first.</summary>
    First,

    /// <summary>It says what is known.</summary>
    Repeated,

    /// <summary>It contradicts what is known.</summary>
    Contradicted,
}
