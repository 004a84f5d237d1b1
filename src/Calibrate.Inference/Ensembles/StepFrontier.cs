using Calibrate.Inference.Dataflow;
using Calibrate.Inference.Moves;
using Calibrate.Inference.States;
using Calibrate.Numerics;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Ensembles;

/// <summary>
/// The dataflow of ensemble moves without barriers: a walker's step waits for its own last step and for its helpers, of this iteration where they
/// move in an earlier part, else of the one before. Moves that read the whole complement wait at one gate per part.
/// </summary>
internal sealed class StepFrontier : Frontier
{
    private readonly IParameterSpace space;
    private readonly IterationPlan[] plans;
    private readonly StepProposer proposer;
    private readonly InitialDraws initial;
    private readonly DependencyGraph graph;
    private readonly Action checkStart;
    private readonly double[] proposal;
    private readonly double[] natural;
    private long redrawn;

    internal StepFrontier(EnsembleSettings settings, int ensemble, ChainRecord record, Action checkStart)
        : base(ensemble, settings.Shape, record)
    {
        space = settings.Space;
        this.checkStart = checkStart;
        plans = new IterationPlan[SlotCount];
        for (int i = 0; i < plans.Length; i++)
        {
            plans[i] = new IterationPlan(settings.Moves, settings.Key, ensemble, Shape.Walkers);
        }

        proposer = new StepProposer(Shape);
        initial = new InitialDraws(settings.Initial, space, ensemble, Shape.Walkers);
        graph = new DependencyGraph(SlotCount, Shape.Walkers + MostSplits(settings.Moves), MostEdges(settings.Moves, Shape.Walkers));
        proposal = new double[Shape.Dimension];
        natural = new double[Shape.NaturalDimension];
    }

    protected override void Open(int iteration, FrontierSlot slot)
    {
        int at = SlotIndex(iteration);
        graph.Reset(at);
        if (iteration == 0)
        {
            slot.Evaluations += redrawn;
            for (int walker = 0; walker < Shape.Walkers && Record.Refusal is null; walker++)
            {
                Start(walker, slot);
            }
        }
        else
        {
            IterationPlan plan = plans[at];
            plan.Draw(iteration);
            Link(iteration, plan);
            for (int split = 0; split < plan.Move.Splits; split++)
            {
                int gate = Gate(iteration, split);
                if (plan.ReadsWholeComplement(split) && !graph.IsWaiting(gate))
                {
                    graph.Resolve(gate);
                }
            }

            for (int walker = 0; walker < Shape.Walkers; walker++)
            {
                if (!graph.IsWaiting(Step(iteration, walker)))
                {
                    Propose(iteration, walker, slot);
                }
            }
        }

        Propagate();
    }

    protected override void Decide(EvaluationId id, FrontierSlot slot, double logLikelihood, ReadOnlySpan<double> recorded)
    {
        int walker = id.Walker;
        double logPosterior = logLikelihood + slot.LogPriors[walker];
        double logTarget = logPosterior + slot.LogJacobians[walker];
        WalkerStates states = slot.States;
        if (id.Iteration == 0)
        {
            if (!(logTarget > double.NegativeInfinity))
            {
                initial.Fail(walker, id.Attempt);
                slot.Evaluated[walker] = false;
                Start(walker, slot);
                Propagate();
                return;
            }
        }
        else
        {
            double logUniform = Elementary.Log(plans[SlotIndex(id.Iteration)].AcceptanceUniform(walker));
            double current = Slot(id.Iteration - 1).States.LogTargets[walker];
            if (!StretchFormulas.Accepts(slot.LogFactors[walker], logTarget, current, logUniform))
            {
                states.Stay(walker, Slot(id.Iteration - 1).States);
                Settled(id.Iteration, walker, slot);
                Propagate();
                return;
            }

            states.Accepted[walker] = 1;
        }

        states.LogPosteriors[walker] = logPosterior;
        states.LogTargets[walker] = logTarget;
        states.Record(walker, recorded);
        Settled(id.Iteration, walker, slot);
        Propagate();
    }

    protected override void Completed(int iteration)
    {
        if (iteration == 0)
        {
            checkStart();
        }
    }

    protected override bool Moved(int iteration, int walker, FrontierSlot slot) => iteration == 0 || slot.States.Accepted[walker] != 0;

    protected override void SaveRedraws(StateWriter writer)
    {
        if (Record.Iteration >= 0)
        {
            writer.Int32(0);
            return;
        }

        initial.Save(writer);
    }

    protected override void RestoreRedraws(ref StateReader reader)
    {
        redrawn = initial.Restore(ref reader);
        if (redrawn > 0)
        {
            Reach(0);
        }
    }

    private static int MostSplits(MoveMixture moves)
    {
        int most = 0;
        for (int m = 0; m < moves.Count; m++)
        {
            most = Math.Max(most, moves[m].Splits);
        }

        return most;
    }

    // Every step waits for itself and for its helpers or a gate; the gates of an iteration for the walkers of all other parts.
    private static int MostEdges(MoveMixture moves, int walkers)
    {
        int most = 0;
        for (int m = 0; m < moves.Count; m++)
        {
            most = Math.Max(most, walkers * (moves[m].Splits + 1 + IterationPlan.StoredHelpers(moves[m], walkers)));
        }

        return most;
    }

    private int Step(int iteration, int walker) => graph.Node(SlotIndex(iteration), walker);

    private int Gate(int iteration, int split) => graph.Node(SlotIndex(iteration), Shape.Walkers + split);

    private void Link(int iteration, IterationPlan plan)
    {
        StepStage[] before = Slot(iteration - 1).Stages;
        for (int split = 0; split < plan.Move.Splits; split++)
        {
            bool gated = plan.ReadsWholeComplement(split);
            if (gated)
            {
                WaitForHelpers(Gate(iteration, split), iteration, plan, split, plan.Complement(split), before);
            }

            foreach (int walker in plan.Members(split))
            {
                int step = Step(iteration, walker);
                if (before[walker] != StepStage.Settled)
                {
                    graph.Wait(step, Step(iteration - 1, walker));
                }

                if (gated)
                {
                    graph.Wait(step, Gate(iteration, split));
                }
                else
                {
                    WaitForHelpers(step, iteration, plan, split, plan.Helpers(walker), before);
                }
            }
        }
    }

    private void WaitForHelpers(int node, int iteration, IterationPlan plan, int split, ReadOnlySpan<int> helpers, StepStage[] before)
    {
        foreach (int helper in helpers)
        {
            if (plan.SplitOf(helper) < split)
            {
                graph.Wait(node, Step(iteration, helper));
            }
            else if (before[helper] != StepStage.Settled)
            {
                graph.Wait(node, Step(iteration - 1, helper));
            }
        }
    }

    private void Propagate()
    {
        for (int node = graph.NextFreed(); node >= 0; node = graph.NextFreed())
        {
            int index = graph.IndexOf(node);
            if (index >= Shape.Walkers)
            {
                graph.Resolve(node);
                continue;
            }

            int iteration = plans[graph.SlotOf(node)].Iteration;
            Propose(iteration, index, Slot(iteration));
        }
    }

    private void Start(int walker, FrontierSlot slot)
    {
        if (TryTakeFromArchive(0, walker, slot, out _))
        {
            Settled(0, walker, slot);
            return;
        }

        int attempt = initial.Draw(walker, proposal, natural, out slot.LogPriors[walker], out slot.LogJacobians[walker]);
        if (attempt < 0)
        {
            Record.Refuse(initial.Refusal(walker));
            return;
        }

        slot.States.Place(walker, proposal);
        MakeReady(slot, new EvaluationId(Ensemble, 0, walker, attempt), natural);
    }

    private void Propose(int iteration, int walker, FrontierSlot slot)
    {
        WalkerStates previous = Slot(iteration - 1).States;
        if (TryTakeFromArchive(iteration, walker, slot, out bool moved))
        {
            if (moved)
            {
                slot.States.Accepted[walker] = 1;
            }
            else
            {
                slot.States.Stay(walker, previous);
            }

            Settled(iteration, walker, slot);
            return;
        }

        double logFactor = proposer.Propose(plans[SlotIndex(iteration)], walker, previous, slot.States, proposal);
        if (!double.IsNaN(logFactor))
        {
            space.Evaluate(1, proposal, natural, slot.LogPriors.AsSpan(walker, 1), slot.LogJacobians.AsSpan(walker, 1));
            if (slot.LogPriors[walker] > double.NegativeInfinity)
            {
                slot.LogFactors[walker] = logFactor;
                slot.States.Place(walker, proposal);
                MakeReady(slot, new EvaluationId(Ensemble, iteration, walker, 0), natural);
                return;
            }
        }

        slot.States.Stay(walker, previous);
        Settled(iteration, walker, slot);
    }

    private void Settled(int iteration, int walker, FrontierSlot slot)
    {
        slot.Stages[walker] = StepStage.Settled;
        slot.Unsettled--;
        graph.Resolve(Step(iteration, walker));
    }
}
