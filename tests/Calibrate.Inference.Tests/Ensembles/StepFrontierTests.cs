using Calibrate.Inference.Ensembles;
using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Ensembles;

/// <summary>Which steps wait for which, seen from outside: what is ready while one evaluation is withheld.</summary>
public class StepFrontierTests
{
    private const int Walkers = 20;
    private readonly EvaluationBatch batch = new();
    private readonly PatchyLikelihood likelihood = new(4);

    /// <summary>While a walker of the first part flies, exactly those of the second part wait that stretch along it.</summary>
    [Fact]
    public void StretchWaitsForItsHelperOnly()
    {
        MoveMixture moves = MoveMixture.Of(new StretchMove());
        IterationPlan plan = new(moves, TestMethods.Key, 0, Walkers);
        plan.Draw(1);
        HashSet<int> reached = Reached(moves, plan, out int withheld);
        for (int walker = 0; walker < Walkers; walker++)
        {
            bool waits = walker == withheld || (plan.SplitOf(walker) == 1 && plan.Helpers(walker)[0] == withheld);
            Assert.Equal(!waits, reached.Contains(walker));
        }
    }

    /// <summary>Walk and KDE read everybody: the second part waits for the whole first one.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WholeComplementIsABarrier(bool walk)
    {
        MoveMixture moves = MoveMixture.Of(walk ? new WalkMove() : new KernelDensityMove());
        IterationPlan plan = new(moves, TestMethods.Key, 0, Walkers);
        plan.Draw(1);
        HashSet<int> reached = Reached(moves, plan, out int withheld);
        for (int walker = 0; walker < Walkers; walker++)
        {
            Assert.Equal(walker != withheld && plan.SplitOf(walker) == 0, reached.Contains(walker));
        }
    }

    // Completes iteration 0, then settles everything of iteration 1 that becomes ready, except the first walker of its first part that needs an
    // evaluation. Returns the walkers whose step was settled, by an evaluation or by the prior.
    private HashSet<int> Reached(MoveMixture moves, IterationPlan plan, out int withheld)
    {
        // a wide prior: every proposal needs an evaluation
        IEnsemble ensemble = TestMethods.Ensemble(moves, new WideSpace(3), Walkers).Create(0);
        ensemble.Advance(likelihood, 0, AdvanceLimits.None);
        List<EvaluationRequest> ready = [];
        ensemble.TakeReady(1, ready);
        int chosen = ready.First(request => plan.SplitOf(request.Id.Walker) == 0).Id.Walker;
        HashSet<int> reached = [];
        while (ready.Exists(request => request.Id.Walker != chosen))
        {
            foreach (EvaluationRequest request in ready.Where(request => request.Id.Walker != chosen).ToArray())
            {
                likelihood.Evaluate(1, request.Parameters, batch);
                Assert.True(ensemble.Settle(request.Id, batch.OutcomeOf(0)));
                reached.Add(request.Id.Walker);
            }

            ready.Clear();
            ensemble.TakeReady(1, ready);
        }

        withheld = chosen;
        return reached;
    }
}
