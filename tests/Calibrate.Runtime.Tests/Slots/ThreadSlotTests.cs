using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Slots;
using Calibrate.Testing.Likelihoods;

namespace Calibrate.Runtime.Tests.Slots;

public class ThreadSlotTests
{
    [Fact]
    public void Outcomes_come_in_the_order_of_the_requests()
    {
        var slot = new ThreadSlot(new FunctionLikelihood(2, point => point[0] + (10 * point[1])));
        var outcomes = slot.Evaluate([Request(4, 1, 2), Request(2, 3, 4), Request(9, 5, 6)]);

        Assert.Equal([4, 2, 9], outcomes.Select(settled => settled.Id.Walker));
        Assert.Equal([21.0, 43.0, 65.0], outcomes.Select(settled => ((Evaluated)settled.Outcome).LogLikelihood));
    }

    [Fact]
    public void A_failure_is_an_outcome()
    {
        var outcomes = new ThreadSlot(FunctionLikelihood.FailingNormal).Evaluate([Request(0, 2, 2), Request(1, 0, 0), Request(2, -2, -2)]);
        Assert.Equal(ModelFailureKind.Exception, Assert.IsType<ModelFailed>(outcomes[0].Outcome).Kind);
        Assert.Equal(0, Assert.IsType<Evaluated>(outcomes[1].Outcome).LogLikelihood);
        Assert.Equal(ModelFailureKind.NotANumber, Assert.IsType<ModelFailed>(outcomes[2].Outcome).Kind);
    }

    private static EvaluationRequest Request(int walker, params double[] parameters) =>
        new(new EvaluationId(0, 1, walker, 0), parameters);
}
