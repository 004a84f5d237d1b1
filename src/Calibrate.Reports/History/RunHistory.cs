using Calibrate.Inference;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Reports.History;

/// <summary>What happened to a run besides its draws, as its journal tells: sessions, acceptance, failures, verdicts, workers. One pass, no draws kept.</summary>
public sealed class RunHistory
{
    /// <summary>Failures kept in full: more would only fill the same picture.</summary>
    public const int MostFailures = 2000;

    private readonly List<RunSessionRecord> sessions = [];
    private readonly List<BlockOfSteps> steps = [];
    private readonly List<FailureExample> failures = [];
    private readonly List<VerdictReached> verdicts = [];
    private readonly List<ConvergenceJudged> judgements = [];
    private readonly List<RunExtended> extensions = [];
    private readonly Dictionary<string, WorkerJoined> workers = new(StringComparer.Ordinal);

    private Seal last;

    private RunHistory()
    {
    }

    /// <summary>The run's sessions, from start or resume to pause or end, in order.</summary>
    public IReadOnlyList<RunSessionRecord> Sessions => sessions;

    /// <summary>Steps and accepted steps of every journaled block, in the order of the journal.</summary>
    public IReadOnlyList<BlockOfSteps> Steps => steps;

    /// <summary>Failed evaluations that the journal holds in full, the first <see cref="MostFailures"/>: up to 16 of every block.</summary>
    public IReadOnlyList<FailureExample> Failures => failures;

    /// <summary>Evaluations that exceeded a limit.</summary>
    public IReadOnlyList<VerdictReached> Verdicts => verdicts;

    /// <summary>Judgements of the stop rule.</summary>
    public IReadOnlyList<ConvergenceJudged> Judgements => judgements;

    /// <summary>Changes of the stop rule.</summary>
    public IReadOnlyList<RunExtended> Extensions => extensions;

    /// <summary>Every worker that was ever admitted, by name.</summary>
    public IReadOnlyCollection<WorkerJoined> Workers => workers.Values;

    /// <summary>Events that were read.</summary>
    public long Events { get; private set; }

    /// <summary>The journal's seal (SHA-256) after the last event that was read; empty when there is none.</summary>
    public string Seal => Events > 0 ? last.Sha256 : "";

    /// <summary>Reads the history of a run, also while it goes on.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    /// <exception cref="Runtime.RunException">The journal was written by a later version.</exception>
    public static async Task<RunHistory> ReadAsync(IJournal journal, RunId run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var history = new RunHistory();
        await foreach (var entry in journal.ReadTransientAsync(run, 1, cancellationToken))
        {
            history.Events = entry.Sequence;
            history.last = entry.Seal;

            // Outcomes of single evaluations come again as blocks.
            if (entry.Kind != (int)RunEventKind.WalkersAdvanced)
            {
                history.Take(RunEventCodec.DecodeForFold(entry.Kind, entry.Payload));
            }
        }

        return history;
    }

    /// <summary>The history that some events make.</summary>
    /// <param name="events">Events in the order of a journal.</param>
    internal static RunHistory Of(IEnumerable<RunEvent> events)
    {
        var history = new RunHistory();
        foreach (var @event in events)
        {
            history.Take(@event);
        }

        return history;
    }

    private void Take(RunEvent @event)
    {
        switch (@event)
        {
            case RunStarted started:
                sessions.Add(new RunSessionRecord(0, started.Engine, started.Identity.CalibrateVersion, started.Platform, false));
                break;
            case RunResumed resumed:
                sessions.Add(new RunSessionRecord(resumed.Seconds, resumed.Engine, resumed.CalibrateVersion, resumed.Platform, resumed.PlatformAccepted));
                break;
            case IterationsAdvanced { Block: var block }:
                steps.Add(new BlockOfSteps(block.Ensemble, block.From, block.To, block.WalkerSteps, block.Accepted));
                failures.AddRange(block.Failures.Take(MostFailures - failures.Count));
                break;
            case RunPaused paused:
                End("paused: " + paused.Reason, paused.Seconds);
                break;
            case RunCompleted completed:
                End("completed", completed.Seconds);
                break;
            case RunFailed failed:
                End("failed: " + failed.Reason, failed.Seconds);
                break;
            case VerdictReached verdict:
                verdicts.Add(verdict);
                break;
            case ConvergenceJudged judged:
                judgements.Add(judged);
                break;
            case RunExtended extended:
                extensions.Add(extended);
                break;
            case WorkerJoined joined:
                workers[joined.Worker.Name] = joined;
                break;
        }

        if (sessions.Count > 0)
        {
            sessions[^1] = sessions[^1] with { ToSeconds = Math.Max(sessions[^1].ToSeconds, @event.Seconds) };
        }
    }

    private void End(string how, double seconds)
    {
        if (sessions.Count > 0)
        {
            sessions[^1] = sessions[^1] with { End = how, ToSeconds = seconds };
        }
    }
}

/// <summary>One session of a run: the time that one process drove it.</summary>
/// <param name="FromSeconds">Active time of the run at its start.</param>
/// <param name="Engine">Who evaluated, in words.</param>
/// <param name="CalibrateVersion">Version of Calibrate.</param>
/// <param name="Platform">Where it ran.</param>
/// <param name="PlatformAccepted">Whether the platform differed from the one before, and the user accepted that.</param>
public sealed record RunSessionRecord(double FromSeconds, string Engine, string CalibrateVersion, Runtime.HostPlatform Platform, bool PlatformAccepted)
{
    /// <summary>Active time of the run at its last event.</summary>
    public double ToSeconds { get; init; } = FromSeconds;

    /// <summary>How it ended, in words; null when it goes on, or when its process was killed.</summary>
    public string? End { get; init; }
}

/// <summary>Walker steps of one journaled block.</summary>
/// <param name="Ensemble">Index of the ensemble.</param>
/// <param name="From">Last iteration before the block.</param>
/// <param name="To">Last iteration of the block.</param>
/// <param name="Steps">Walker steps.</param>
/// <param name="Accepted">Accepted walker steps.</param>
public readonly record struct BlockOfSteps(int Ensemble, int From, int To, long Steps, long Accepted);
