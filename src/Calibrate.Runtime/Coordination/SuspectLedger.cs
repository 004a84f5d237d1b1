using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// Finds the evaluation that kills whoever evaluates it. A batch that a process died with is halved, small ones are taken apart; an
/// evaluation that was alone in its batch when it died is charged with that death, and three deaths of different processes are a verdict.
/// </summary>
/// <remarks>
/// Most suspects are innocent: one machine that is switched off makes a suspect of all it held. So suspects with at most one death are on parole: they are tried
/// beside each other, on at most a quarter of the slots. Who died twice is tried with no other suspect under way, so that nobody is
/// condemned for a neighbour in the same process.
/// </remarks>
internal sealed class SuspectLedger
{
    private const int DeathsForVerdict = 3;
    private const int DeathsForTrial = 2;
    private const int TakenApartUpTo = 8;
    private const int SlotsPerParole = 4;

    private readonly Dictionary<EvaluationId, HashSet<string>> deaths = [];
    private readonly Queue<Flight[]> parole = new();
    private readonly Queue<Flight> trials = new();
    private int onParole;
    private bool onTrial;

    /// <summary>Evaluations that wait here.</summary>
    public int Waiting { get; private set; }

    /// <summary>Whether a process ever died with the evaluation in its hands.</summary>
    public bool Suspects(EvaluationId id) => deaths.ContainsKey(id);

    /// <summary>Takes in that a process died with an evaluation.</summary>
    /// <param name="id">The evaluation.</param>
    /// <param name="process">Name of the process.</param>
    /// <param name="alone">Whether nothing else was in the batch, so that the death can be charged to it.</param>
    /// <returns>The verdict, if this death makes one.</returns>
    public ResourceExceeded? Charge(EvaluationId id, string process, bool alone)
    {
        if (!deaths.TryGetValue(id, out var charged))
        {
            deaths.Add(id, charged = new HashSet<string>(StringComparer.Ordinal));
        }

        if (!alone || !charged.Add(process) || charged.Count < DeathsForVerdict)
        {
            return null;
        }

        return new ResourceExceeded(
            ResourceKind.Crash, $"{DeathsForVerdict} processes died while they evaluated it: {string.Join(", ", charged.Order(StringComparer.Ordinal))}.");
    }

    /// <summary>Lets a suspect wait for its turn, alone.</summary>
    public void Enqueue(Flight suspect)
    {
        Waiting++;
        if (deaths.TryGetValue(suspect.Id, out var charged) && charged.Count >= DeathsForTrial)
        {
            trials.Enqueue(suspect);
        }
        else
        {
            parole.Enqueue([suspect]);
        }
    }

    /// <summary>Lets the suspects of one batch wait for their turn: in halves, or each alone if they are few or charged with deaths.</summary>
    public void Enqueue(List<Flight> batch)
    {
        if (batch.Count <= TakenApartUpTo)
        {
            batch.ForEach(Enqueue);
            return;
        }

        Waiting += batch.Count;
        var half = batch.Count / 2;
        parole.Enqueue([.. batch.Take(half)]);
        parole.Enqueue([.. batch.Skip(half)]);
    }

    /// <summary>The suspects to hand out next as one batch; none when others have to come back first.</summary>
    /// <param name="slots">Slots of the engine.</param>
    /// <param name="next">The suspects, at least one.</param>
    public bool TryNext(int slots, out Flight[] next)
    {
        while (!onTrial && onParole == 0 && trials.TryDequeue(out var accused))
        {
            Waiting--;
            if (!accused.Answered)
            {
                onTrial = true;
                next = [accused];
                return true;
            }
        }

        while (!onTrial && trials.Count == 0 && onParole < Math.Max(1, slots / SlotsPerParole) && parole.TryDequeue(out var group))
        {
            Waiting -= group.Length;
            next = Array.FindAll(group, suspect => !suspect.Answered);
            if (next.Length > 0)
            {
                onParole++;
                return true;
            }
        }

        next = [];
        return false;
    }

    /// <summary>Takes in that a batch of suspects is not under way any more, for better or worse.</summary>
    public void Return()
    {
        if (onTrial)
        {
            onTrial = false;
        }
        else
        {
            onParole--;
        }
    }

    /// <summary>Forgets an evaluation: it was settled.</summary>
    public void Acquit(EvaluationId id) => deaths.Remove(id);
}
