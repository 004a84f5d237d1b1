using Calibrate.Inference.Dataflow;
using Calibrate.Inference.States;

namespace Calibrate.Inference.RandomSearch;

/// <summary>The dataflow of a random search: no candidate waits for any other; which one is better is decided when an iteration is complete.</summary>
internal sealed class CandidateFrontier : Frontier
{
    private readonly RandomSearchSettings settings;
    private readonly CandidateDraw candidates;
    private readonly double[] position;
    private readonly double[] natural;

    internal CandidateFrontier(RandomSearchSettings settings, int ensemble, ChainRecord record)
        : base(ensemble, settings.Shape, record)
    {
        this.settings = settings;
        candidates = new CandidateDraw(settings, ensemble);
        position = new double[Shape.Dimension];
        natural = new double[Shape.NaturalDimension];
    }

    protected override void Open(int iteration, FrontierSlot slot)
    {
        for (int walker = 0; walker < Shape.Walkers; walker++)
        {
            if (TryTakeFromArchive(iteration, walker, slot, out _))
            {
                Settled(walker, slot);
                continue;
            }

            candidates.Draw(iteration, walker, position);
            slot.States.Place(walker, position);
            settings.Space.Evaluate(1, position, natural, slot.LogPriors.AsSpan(walker, 1), slot.LogJacobians.AsSpan(walker, 1));
            if (slot.LogPriors[walker] > double.NegativeInfinity)
            {
                MakeReady(slot, new EvaluationId(Ensemble, iteration, walker, 0), natural);
            }
            else
            {
                Take(walker, slot, double.NegativeInfinity, []);
            }
        }
    }

    protected override void Decide(EvaluationId id, FrontierSlot slot, double logLikelihood, ReadOnlySpan<double> recorded) =>
        Take(id.Walker, slot, logLikelihood, recorded);

    protected override void Finish(int iteration, FrontierSlot slot) => CandidateDraw.KeepBest(iteration, slot.States, Slot(iteration - 1).States);

    protected override bool Moved(int iteration, int walker, FrontierSlot slot) => true;

    private void Take(int walker, FrontierSlot slot, double logLikelihood, ReadOnlySpan<double> recorded)
    {
        double logPosterior = logLikelihood + slot.LogPriors[walker];
        slot.States.LogPosteriors[walker] = logPosterior;
        slot.States.LogTargets[walker] = logPosterior + slot.LogJacobians[walker];
        slot.States.RecordOrNothing(walker, recorded);
        Settled(walker, slot);
    }

    private static void Settled(int walker, FrontierSlot slot)
    {
        slot.Stages[walker] = StepStage.Settled;
        slot.Unsettled--;
    }
}
