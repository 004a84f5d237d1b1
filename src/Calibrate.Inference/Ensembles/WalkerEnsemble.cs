using Calibrate.Inference.Dataflow;
using Calibrate.Inference.Kernel;
using Calibrate.Inference.Moves;
using Calibrate.Inference.States;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Ensembles;

/// <summary>One ensemble of walkers that move by ensemble moves.</summary>
internal sealed class WalkerEnsemble : TwoDriverEnsemble
{
    private readonly EnsembleSettings settings;
    private ITightDriver? tight;

    internal WalkerEnsemble(MethodIdentity identity, EnsembleSettings settings, int index)
        : base(identity, index, settings.Shape)
    {
        this.settings = settings;
        string? refusal = StartCheck.RefuseShape(Shape, settings.Moves) ?? settings.Initial.Refusal;
        if (refusal is not null)
        {
            Record.Refuse(refusal);
        }
    }

    protected override bool StartsByDataflow => true;

    protected override Frontier CreateFrontier() => new StepFrontier(settings, Index, Record, CheckStart);

    protected override void RunTight(ILikelihood likelihood, int to, AdvanceLimits limits)
    {
        if (Iteration < to)
        {
            (tight ??= CreateTight()).Run(likelihood, to, limits);
        }
    }

    // The kernel is the stretch move alone, and faster at it.
    private ITightDriver CreateTight() => settings.Moves.Count == 1 && settings.Moves[0] is StretchMove stretch && Shape.Walkers >= StretchRun.FewestWalkers
        ? new StretchRun(settings, stretch.Scale, Index, Record)
        : new MoveRun(settings, Index, Record);

    private void CheckStart()
    {
        if (StartCheck.RefuseStart(Index, Shape, Record.Current.Positions, settings.Names) is { } refusal)
        {
            Record.Refuse(refusal);
        }
    }
}
