using System.Globalization;
using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots.Protocol.Protobuf;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// A slot in a process of its own: what crashes, hangs or grows there is killed, told apart from everything else, and replaced by a new child.
/// </summary>
/// <remarks>
/// The child answers every evaluation that takes longer than 2 ms by itself, so that it is known which one it was at when it died. Shorter ones are
/// answered in groups of up to 50 ms, as long as a batch may be, because every answer wakes the parent (the benchmark <c>process-slot</c> compares). If a
/// group exceeds a limit, its members are evaluated again one by one; if the child dies, all of the group are suspects.
/// </remarks>
public sealed class ProcessSlot : ISlot
{
    private const double AloneAboveSeconds = 0.002;
    private const double TogetherSeconds = 0.050;

    // A group is watched as one evaluation is: it must be far from the limit when all is well.
    private const double TogetherShareOfTimeout = 0.1;
    private const int MostTogether = 64;
    private const double SpeedMemory = 0.8;

    private readonly ProcessSlotOptions options;
    private readonly ChildSupply children;
    private readonly Action died;
    private readonly double longestGroup;
    private SlotChild? child;
    private double secondsPerEvaluation = double.PositiveInfinity;

    internal ProcessSlot(Func<CancellationToken, SlotChild> start, ProcessSlotOptions options, Action died)
    {
        this.options = options;
        this.died = died;
        longestGroup = Math.Min(TogetherSeconds, TogetherShareOfTimeout * (options.Limits.Timeout?.TotalSeconds ?? double.PositiveInfinity));
        children = new ChildSupply(start, options.Clock);
    }

    /// <inheritdoc/>
    /// <exception cref="RunException">Children cannot be started any more, or the model cannot go on.</exception>
    public IReadOnlyList<SettledEvaluation> Evaluate(IReadOnlyList<EvaluationRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var outcomes = new List<SettledEvaluation>(requests.Count);
        var together = secondsPerEvaluation > AloneAboveSeconds ? 1 : (int)Math.Clamp(longestGroup / secondsPerEvaluation, 1, MostTogether);
        var apart = false;
        while (outcomes.Count < requests.Count)
        {
            var living = Living(cancellationToken);
            if (living is null)
            {
                Lose(requests, outcomes, "the evaluation was given up");
                break;
            }

            var end = apart ? outcomes.Count + 1 : requests.Count;
            var refused = Converse(living, requests, outcomes, end, together, cancellationToken);
            var certain = apart || !refused;
            if (outcomes.Count < end && !TryExplain(living, requests, outcomes, together, certain, cancellationToken.IsCancellationRequested))
            {
                together = 1;
                apart = true;
            }
        }

        return outcomes;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        child?.Dispose();
        child = null;
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts the first child.</summary>
    /// <exception cref="RunException">It does not come to life.</exception>
    internal void Start()
    {
        child = children.Next(CancellationToken.None);
        if (options.Limits.Memory is { } limit && child is { Memory: var taken } && taken > limit)
        {
            child.Dispose();
            throw new RunException(
                $"A process takes {Size(taken)} before its first evaluation, more than the {Size(limit)} that execution.memory allows. Raise the limit: it is for the whole process.");
        }
    }

    private SlotChild? Living(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        if (child is { IsAlive: true } && child.Evaluated < options.Recycle)
        {
            return child;
        }

        child?.Dispose();
        child = null;
        child = children.Next(cancellationToken);
        return child;
    }

    // Returns when everything is answered or the child is dead: true when an answer came, but with too much memory in use. The child may have been
    // at the next evaluation by then.
    private bool Converse(
        SlotChild living, IReadOnlyList<EvaluationRequest> requests, List<SettledEvaluation> outcomes, int end, int together, CancellationToken cancellationToken)
    {
        using var cancellation = cancellationToken.Register(living.Kill);
        var first = outcomes.Count;
        var begun = options.Clock.GetTimestamp();
        living.Watch.Begin(first);
        try
        {
            living.Send(Protocol.SlotMessages.Evaluate(requests, first, end, together));
            while (outcomes.Count < end && Receive(living) is { } answer)
            {
                if (!living.Watch.KeptMemory())
                {
                    return true;
                }

                foreach (var outcome in answer)
                {
                    outcomes.Add(new SettledEvaluation(requests[outcomes.Count].Id, outcome));
                }

                living.Evaluated += answer.Length;
                living.Watch.Next(outcomes.Count);
                children.Proven();
            }
        }
        finally
        {
            living.Watch.End();
            LearnSpeed(begun, outcomes.Count - first);
        }

        return false;
    }

    private void LearnSpeed(long begun, int evaluated)
    {
        if (evaluated > 0)
        {
            var seconds = options.Clock.GetElapsedTime(begun).TotalSeconds / evaluated;
            secondsPerEvaluation = double.IsFinite(secondsPerEvaluation)
                ? (SpeedMemory * secondsPerEvaluation) + ((1 - SpeedMemory) * seconds)
                : seconds;
        }
    }

    // Null when the child is dead; one that talks nonsense is as good as dead.
    private static EvaluationOutcome[]? Receive(SlotChild living)
    {
        try
        {
            var message = living.Receive();
            return message?.MessageCase switch
            {
                ToParent.MessageOneofCase.Outcomes => OutcomeColumns.ToOutcomes(message.Outcomes),
                ToParent.MessageOneofCase.Refused => throw new RunException(message.Refused),
                _ => null,
            };
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // Finds out why a child did not answer everything. False when what it was at must be tried again, one by one in a new child; certain when the
    // evaluation that exceeded a limit is known.
    private bool TryExplain(
        SlotChild dead, IReadOnlyList<EvaluationRequest> requests, List<SettledEvaluation> outcomes, int together, bool certain, bool cancelled)
    {
        var at = outcomes.Count;
        var suspects = Math.Min(together, requests.Count - at);
        var obituary = dead.Obituary();
        if (cancelled)
        {
            Lose(requests, outcomes, "the evaluation was given up");
            return true;
        }

        died();
        if (dead.Watch.Exceeded is not { } exceeded)
        {
            for (var i = 0; i < suspects; i++)
            {
                outcomes.Add(new SettledEvaluation(requests[at + i].Id, new Lost(obituary) { Death = dead.Name }));
            }

            Lose(requests, outcomes, $"not begun when {dead.Name} died");
            return true;
        }

        // Memory that earlier evaluations left behind is not this one's: only a fresh child convicts.
        if (!certain || suspects > 1 || exceeded.Evaluation != at || (exceeded.Kind == ResourceKind.Memory && dead.Evaluated > 0))
        {
            return false;
        }

        outcomes.Add(new SettledEvaluation(requests[at].Id, new ResourceExceeded(exceeded.Kind, Verdict(exceeded.Kind))));
        Lose(requests, outcomes, $"not begun when {dead.Name} was killed");
        return true;
    }

    private string Verdict(ResourceKind kind) => kind == ResourceKind.Time
        ? string.Create(CultureInfo.InvariantCulture, $"took longer than the {options.Limits.Timeout?.TotalSeconds:0.###} s of execution.timeout")
        : $"took more memory than the {Size(options.Limits.Memory ?? 0)} of execution.memory";

    private static void Lose(IReadOnlyList<EvaluationRequest> requests, List<SettledEvaluation> outcomes, string reason)
    {
        while (outcomes.Count < requests.Count)
        {
            outcomes.Add(new SettledEvaluation(requests[outcomes.Count].Id, new Lost(reason)));
        }
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.#} MiB");
}
