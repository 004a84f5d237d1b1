using System.Globalization;
using Calibrate.Inference;
using Calibrate.Numerics.Random;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>
/// Checks a run as far as it can be checked without running it again: the journal's seals, that every ensemble's blocks follow on each other
/// and end in the state they say, and that a random sample of journaled points has the log posterior that was journaled.
/// </summary>
public sealed class RunVerifier
{
    /// <summary>Points evaluated again when nobody says how many.</summary>
    public const int DefaultSample = 100;

    private const int MostMismatchesTold = 5;

    private readonly IJournal journal;
    private readonly RunId run;
    private readonly Problem problem;
    private readonly List<string> problems = [];
    private readonly SortedDictionary<int, Block> lastBlocks = [];

    private RunVerifier(IJournal journal, RunId run, Problem problem)
    {
        this.journal = journal;
        this.run = run;
        this.problem = problem;
    }

    /// <summary>Checks a run. Damage is reported, not thrown.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="problem">The problem the run was started with.</param>
    /// <param name="sample">How many journaled points to evaluate again.</param>
    /// <param name="sampleSeed">Decides which points.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="JournalNotFoundException">There is no such run.</exception>
    public static async Task<RunVerification> VerifyAsync(
        IJournal journal, RunId run, Problem problem, int sample, ulong sampleSeed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(problem);
        var seals = await journal.VerifyAsync(run, cancellationToken);
        if (!seals.Intact)
        {
            return new RunVerification(seals, -1, "", 0, seals.Problems);
        }

        var verifier = new RunVerifier(journal, run, problem);
        return await verifier.VerifyAsync(seals, sample, sampleSeed, cancellationToken);
    }

    private async Task<RunVerification> VerifyAsync(
        JournalVerification seals, int sample, ulong sampleSeed, CancellationToken cancellationToken)
    {
        RunState? state;
        try
        {
            state = await RunRecovery.ReplayAsync(journal, run, method: null, cancellationToken);
        }
        catch (RunException exception)
        {
            return new RunVerification(seals, -1, "", 0, [exception.Message]);
        }

        if (state is null || state.ResultIteration < 0)
        {
            return new RunVerification(seals, -1, "", 0, []);
        }

        if (problem.ChainFingerprint(state.Identity.Seed).Hex != state.Identity.ChainFingerprint)
        {
            return new RunVerification(
                seals, state.ResultIteration, "", 0, ["The problem is not the one the run was started with: its points cannot be evaluated again."]);
        }

        var evaluated = await EvaluateAgainAsync(state, Choose(state, sample, sampleSeed), cancellationToken);
        CheckEndStates(state);
        var hash = await RunHash.AtAsync(journal, run, state.ResultIteration, cancellationToken);
        return new RunVerification(seals, state.ResultIteration, hash, evaluated, problems);
    }

    // Points of the sample by ensemble and iteration; an iteration that thinning left out moves to the row before it.
    private Dictionary<(int Ensemble, int Iteration), List<int>> Choose(RunState state, int sample, ulong seed)
    {
        var identity = state.Identity;
        Dictionary<(int, int), List<int>> chosen = [];
        for (var i = 0; i < sample; i++)
        {
            var block = Philox.Block(PhiloxKey.FromSeed(seed), PhiloxCounter.Of(i, 0, 0, RandomPurpose.VerifySample));
            var ensemble = RandomBits.Index(block.W0, identity.Ensembles);
            var iteration = RandomBits.Index(block.W1, state.ResultIteration + 1);
            var walker = RandomBits.Index(block.W2, identity.Walkers);
            var row = iteration - (iteration % Thin);
            if (!chosen.TryGetValue((ensemble, row), out var walkers))
            {
                chosen[(ensemble, row)] = walkers = [];
            }

            walkers.Add(walker);
        }

        return chosen;
    }

    private int Thin => (problem.Method as Problems.Methods.EnsembleSpecification)?.Thin ?? 1;

    private async Task<int> EvaluateAgainAsync(
        RunState state, Dictionary<(int Ensemble, int Iteration), List<int>> chosen, CancellationToken cancellationToken)
    {
        using var likelihood = IsolatedLikelihood.Of(problem);
        var again = new PointCheck(problem, likelihood);
        var (evaluated, mismatches) = (0, 0);
        await foreach (var entry in journal.ReadTransientAsync(run, 1, cancellationToken))
        {
            if (entry.Kind != (int)RunEventKind.IterationsAdvanced)
            {
                continue;
            }

            var block = ((IterationsAdvanced)RunEventCodec.Decode(entry.Kind, entry.Payload)).Block;
            lastBlocks[block.Ensemble] = block;
            for (var row = 0; row < block.Rows; row++)
            {
                var iteration = block.To - (block.To % block.Thin) - ((block.Rows - 1 - row) * block.Thin);
                foreach (var walker in chosen.GetValueOrDefault((block.Ensemble, iteration)) ?? [])
                {
                    evaluated++;
                    if (again.Compare(block, row, walker) is { } difference && ++mismatches <= MostMismatchesTold)
                    {
                        problems.Add(string.Create(
                            CultureInfo.InvariantCulture,
                            $"Event {entry.Sequence}: walker {walker} of ensemble {block.Ensemble} at iteration {iteration}: {difference}."));
                    }
                }
            }
        }

        ReportMismatches(state, mismatches, evaluated);
        return evaluated;
    }

    private void ReportMismatches(RunState state, int mismatches, int evaluated)
    {
        if (mismatches == 0)
        {
            return;
        }

        var differences = state.Platform.DifferencesFrom(HostPlatform.Current);
        problems.Add(differences.Count > 0
            ? $"{mismatches} of {evaluated} points gave another log posterior; this platform is not the run's ({string.Join("; ", differences)}), which may explain it."
            : $"{mismatches} of {evaluated} points gave another log posterior: the model is not deterministic, or is not the one that was run.");
    }

    private void CheckEndStates(RunState state)
    {
        var method = MethodFactory.Create(problem, state.Identity.Seed, state.Identity.BestFit);
        foreach (var (ensemble, block) in lastBlocks)
        {
            var restored = method.Restore(ensemble, block.EndState);
            if (restored.Iteration != block.To || restored.Digest.First != block.Digests[^2] || restored.Digest.Second != block.Digests[^1])
            {
                problems.Add($"The end state of ensemble {ensemble} at iteration {block.To} does not belong to the chain before it.");
            }
        }
    }
}
