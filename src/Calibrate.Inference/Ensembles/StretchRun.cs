using Calibrate.Inference.Kernel;
using Calibrate.Inference.States;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Ensembles;

/// <summary>The tight driver of the stretch move alone: the kernel, a few iterations at a time.</summary>
internal sealed class StretchRun : ITightDriver, IFailureObserver
{
    /// <summary>Fewest walkers that the kernel runs.</summary>
    internal const int FewestWalkers = 4;

    private readonly EnsembleShape shape;
    private readonly int ensemble;
    private readonly ChainRecord record;
    private readonly StretchKernel kernel;
    private readonly ChainRun run;
    private WalkerStates spare;
    private (EvaluationId Id, string Text)? infinite;

    internal StretchRun(EnsembleSettings settings, double scale, int ensemble, ChainRecord record)
    {
        shape = settings.Shape;
        this.ensemble = ensemble;
        this.record = record;
        kernel = new StretchKernel(new StretchSettings(settings.Key, ensemble, shape.Walkers, settings.Space, shape.RecordedCount, scale));
        run = new ChainRun(shape);
        spare = new WalkerStates(shape);
    }

    public void Run(ILikelihood likelihood, int to, AdvanceLimits limits)
    {
        while (record.Iteration < to && record.Buffer.Bytes < limits.MaxBytes && limits.Stop?.Invoke() != true)
        {
            int end = (int)Math.Min(to, (long)record.Iteration + limits.PollEvery);
            if (Try(likelihood, end) is { } found)
            {
                // the iterations before the infinite one are good: run them again, then stop where every driver stops
                Try(likelihood, found.Id.Iteration - 1);
                record.Refuse(found.Text);
                return;
            }
        }
    }

    public void OnFailure(int iteration, int walker, ModelFailed failure, ReadOnlySpan<double> natural)
    {
        EvaluationId id = new(ensemble, iteration, walker, 0);
        if (failure.Kind == ModelFailureKind.PositiveInfinity)
        {
            infinite ??= (id, RefusalTexts.InfiniteLikelihood(id, natural, failure.Message));
        }

        run.Failures.Add(new FailureExample(id, failure.Kind.ToString(), natural.ToArray(), failure.Message));
    }

    // Runs to an iteration on a copy and keeps it, unless a likelihood was infinite.
    private (EvaluationId Id, string Text)? Try(ILikelihood likelihood, int end)
    {
        infinite = null;
        spare.CopyFrom(record.Current);
        EnsembleSpans spans = new()
        {
            Positions = spare.Positions,
            Targets = spare.LogTargets,
            LogPosteriors = spare.LogPosteriors,
            Recorded = spare.Recorded,
        };
        KernelProgress progress = kernel.Advance(likelihood, spans, record.Iteration, end, record.Digest, run.Prepare(record.Iteration, end), this);
        if (infinite is null)
        {
            run.Evaluations = progress.Evaluations;
            spare = record.AppendMany(spare, end, progress.Digest, run);
        }

        return infinite;
    }
}
