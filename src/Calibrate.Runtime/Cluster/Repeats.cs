using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// Lets one in a thousand evaluations be made once more by another worker, and compares: admission proves a machine once, this watches it. Which
/// ones is a hash of the evaluation's name, the same in every session. A repeat is a courtesy: nothing waits for it, and it is dropped when its
/// worker leaves.
/// </summary>
internal sealed class Repeats
{
    /// <summary>One evaluation in this many is repeated: costs a thousandth, and finds a wrong machine within a few thousand evaluations.</summary>
    public const int OneIn = 1000;

    /// <summary>Repeats that are out at most: what is due beyond is not repeated.</summary>
    public const int MostOut = 16;

    /// <summary>A repeat that is not answered after this time is given up.</summary>
    public const double PatienceSeconds = 600;

    private readonly SessionId session;
    private readonly ModelFingerprint model;
    private readonly Membership membership;
    private readonly Disagreements disagreements;
    private readonly FleetOutbox outbox;
    private readonly ulong run;
    private readonly Dictionary<long, Repeat> repeats = [];

    public Repeats(FleetSettings settings, Membership membership, Disagreements disagreements, FleetOutbox outbox)
    {
        session = settings.Offer.Session;
        model = settings.Offer.Model;
        run = ParameterHash.Of([.. session.Run.Name.Select(character => (ulong)character)]);
        this.membership = membership;
        this.disagreements = disagreements;
        this.outbox = outbox;
    }

    /// <summary>Whether an evaluation is one of those that are repeated.</summary>
    public bool IsDue(EvaluationId id) => Hash(id) % OneIn == 0;

    /// <summary>Sends an evaluation to another worker if it is due and somebody can do it.</summary>
    /// <param name="number">A number for the batch that is used for nothing else.</param>
    /// <param name="request">The evaluation.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="first">Whose outcome that is.</param>
    /// <param name="now">The time.</param>
    public void Ask(long number, EvaluationRequest request, EvaluationOutcome outcome, WorkerId first, double now)
    {
        if (repeats.Count < MostOut && Another(first, Hash(request.Id)) is { } second)
        {
            repeats[number] = new Repeat(request, outcome, first, second.Worker, now);
            outbox.Send(second.Worker, new Work(session, model, number, [request], Suspect: false, Repeat: true));
        }
    }

    /// <summary>Compares the answer to a repeat; one that nobody waits for any more is dropped.</summary>
    /// <returns>False if it makes no sense.</returns>
    public bool Answered(WorkDone done)
    {
        if (!repeats.TryGetValue(done.Batch, out var repeat) || done.Session != session || done.Worker != repeat.Second)
        {
            return true;
        }

        repeats.Remove(done.Batch);
        if (done.Outcomes.Count != 1 || done.Outcomes[0].Id != repeat.Request.Id || done.ParameterHashes[0] != ParameterHash.Of(repeat.Request.Parameters))
        {
            return false;
        }

        disagreements.Compare(repeat.Request, (repeat.First, repeat.Outcome), (done.Worker, done.Outcomes[0].Outcome));
        return true;
    }

    /// <summary>Gives up what a worker that left was to repeat, and what takes too long.</summary>
    public void Passed(double now)
    {
        if (repeats.Count > 0)
        {
            var working = membership.Working.Select(member => member.Worker).ToHashSet();
            foreach (var (number, repeat) in repeats)
            {
                if (!working.Contains(repeat.Second) || now - repeat.Asked >= PatienceSeconds)
                {
                    repeats.Remove(number);
                }
            }
        }
    }

    /// <summary>Gives up everything.</summary>
    public void Clear() => repeats.Clear();

    // Another machine tells more than another process of the same one. Taken in turn by the hash, over names in order: a pure choice.
    private Member? Another(WorkerId first, ulong hash)
    {
        var others = membership.Working.Where(member => member.Worker != first).ToList();
        var host = membership.HostOf(first);
        var elsewhere = others.Where(member => member.Host != host).ToList();
        var choice = (elsewhere.Count > 0 ? elsewhere : others).OrderBy(member => member.Worker.Name, StringComparer.Ordinal).ToList();
        return choice.Count == 0 ? null : choice[(int)(hash / OneIn % (ulong)choice.Count)];
    }

    private ulong Hash(EvaluationId id) =>
        ParameterHash.Of([run, (ulong)id.Ensemble, (ulong)id.Iteration, (ulong)id.Walker, (ulong)id.Attempt]);

    private sealed record Repeat(EvaluationRequest Request, EvaluationOutcome Outcome, WorkerId First, WorkerId Second, double Asked);
}
