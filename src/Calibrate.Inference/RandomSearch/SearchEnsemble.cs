using Calibrate.Inference.Dataflow;
using Calibrate.Inference.States;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.RandomSearch;

/// <summary>One ensemble of a random search: every walker keeps the best candidate that it has seen.</summary>
internal sealed class SearchEnsemble : TwoDriverEnsemble
{
    private readonly RandomSearchSettings settings;
    private CandidateRun? tight;

    internal SearchEnsemble(MethodIdentity identity, RandomSearchSettings settings, int index)
        : base(identity, index, settings.Shape)
    {
        this.settings = settings;
        if (!settings.Space.CanSamplePrior)
        {
            Record.Refuse(RefusalTexts.PriorCannotBeSearched());
        }
    }

    protected override bool StartsByDataflow => false;

    protected override Frontier CreateFrontier() => new CandidateFrontier(settings, Index, Record);

    protected override void RunTight(ILikelihood likelihood, int to, AdvanceLimits limits) =>
        (tight ??= new CandidateRun(settings, Index, Record)).Run(likelihood, to, limits);
}
