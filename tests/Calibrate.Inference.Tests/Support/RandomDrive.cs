using System.Buffers;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Support;

/// <summary>
/// Drives an ensemble as badly as an engine may: outcomes in random order, duplicates, losses, forgotten work, kills with a restore at any
/// moment, cuts at any moment, changes of driver. A second ensemble, the fold, only hears what a journal would have kept.
/// </summary>
internal sealed class RandomDrive(IMethod method, int index, ILikelihood likelihood, Random random)
{
    private readonly List<EvaluationRequest> flying = [];
    private readonly List<EvaluationRequest> stale = [];
    private readonly EvaluationBatch batch = new();
    private IEnsemble ensemble = method.Create(index);
    private IEnsemble fold = method.Create(index);

    public BlockSequence Blocks { get; } = new();

    /// <summary>Whether the tight driver may take over in between.</summary>
    public bool Alternate { get; init; }

    /// <summary>Runs to an iteration and returns the ensemble.</summary>
    public IEnsemble Run(int to)
    {
        while (ensemble.Iteration < to && ensemble.Refusal is null)
        {
            switch (random.Next(40))
            {
                case < 8:
                    Take(Math.Min(to, ensemble.Iteration + 1 + random.Next(40)));
                    break;
                case < 32:
                    SettleOne(to);
                    break;
                case 32:
                    SettleStale();
                    break;
                case 33:
                    Lose();
                    break;
                case 34:
                    stale.AddRange(flying);
                    flying.Clear();
                    ensemble.ReturnUnfinished();
                    break;
                case 35:
                    Kill();
                    break;
                case 36 or 37:
                    Blocks.Cut(ensemble);
                    fold = method.Restore(index, Save(ensemble));
                    break;
                case 38 when Alternate:
                    ensemble.Advance(likelihood, Math.Min(to, ensemble.Iteration + random.Next(4)), AdvanceLimits.None);
                    stale.AddRange(flying);
                    flying.Clear();
                    ensemble.ReturnUnfinished();
                    fold = method.Restore(index, Save(ensemble));
                    break;
                default:
                    Assert.Equal(Save(fold), Save(ensemble));
                    break;
            }
        }

        Blocks.Cut(ensemble);
        return ensemble;
    }

    public static byte[] Save(IEnsemble ensemble)
    {
        ArrayBufferWriter<byte> writer = new();
        ensemble.Save(writer);
        return writer.WrittenSpan.ToArray();
    }

    private void Take(int horizon)
    {
        int before = flying.Count;
        ensemble.TakeReady(horizon, flying);
        for (int i = before; i < flying.Count; i++)
        {
            Assert.InRange(flying[i].Id.Iteration, ensemble.Iteration + 1, horizon);
        }
    }

    private void SettleOne(int to)
    {
        if (flying.Count == 0)
        {
            Take(to);
            if (flying.Count == 0)
            {
                return;
            }
        }

        int chosen = random.Next(flying.Count);
        EvaluationRequest request = flying[chosen];
        flying.RemoveAt(chosen);
        EvaluationOutcome outcome = Evaluate(request);
        Assert.True(ensemble.Settle(request.Id, outcome));
        fold.Settle(request.Id, outcome);
        if (random.Next(3) == 0)
        {
            Assert.False(ensemble.Settle(request.Id, outcome));
        }
    }

    private void SettleStale()
    {
        if (stale.Count == 0)
        {
            return;
        }

        EvaluationRequest request = stale[random.Next(stale.Count)];
        EvaluationOutcome outcome = Evaluate(request);
        bool taken = ensemble.Settle(request.Id, outcome);
        Assert.Equal(taken, fold.Settle(request.Id, outcome));
        if (taken)
        {
            flying.RemoveAll(other => other.Id == request.Id);
        }
    }

    private void Lose()
    {
        if (flying.Count > 0)
        {
            EvaluationRequest request = flying[^1];
            flying.RemoveAt(flying.Count - 1);
            Assert.False(ensemble.Settle(request.Id, new Lost("the worker is gone")));
        }
    }

    private void Kill()
    {
        byte[] state = Save(ensemble);
        ensemble = method.Restore(index, state);
        Assert.Equal(state, Save(ensemble));
        stale.AddRange(flying);
        flying.Clear();
    }

    private EvaluationOutcome Evaluate(EvaluationRequest request)
    {
        likelihood.Evaluate(1, request.Parameters, batch);
        return batch.OutcomeOf(0);
    }
}
