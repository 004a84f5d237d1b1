using Calibrate.Inference.RandomSearch;
using Calibrate.Inference.States;

namespace Calibrate.Inference.Tests.RandomSearch;

public class CandidateDrawTests
{
    private static readonly EnsembleShape Shape = new(Walkers: 3, Dimension: 1, NaturalDimension: 1, RecordedCount: 0, Thin: 1);

    [Fact]
    public void BetterCandidatesAreKeptAndOthersForgotten()
    {
        WalkerStates previous = States([10, 20, 30], [-1, -1, double.NegativeInfinity]);
        WalkerStates candidates = States([1, 2, 3], [-2, -0.5, double.NegativeInfinity]);
        CandidateDraw.KeepBest(4, candidates, previous);
        Assert.Equal([10, 2, 30], candidates.Positions);
        Assert.Equal([-1, -0.5, double.NegativeInfinity], candidates.LogPosteriors);
        Assert.Equal<byte>([0, 1, 0], candidates.Accepted);
    }

    [Fact]
    public void FirstCandidatesAreTakenAsTheyAre()
    {
        WalkerStates candidates = States([1, 2, 3], [-2, -0.5, double.NegativeInfinity]);
        CandidateDraw.KeepBest(0, candidates, States([0, 0, 0], [0, 0, 0]));
        Assert.Equal([1, 2, 3], candidates.Positions);
        Assert.Equal<byte>([0, 0, 0], candidates.Accepted);
    }

    private static WalkerStates States(double[] positions, double[] logPosteriors)
    {
        WalkerStates states = new(Shape);
        positions.CopyTo(states.Positions, 0);
        logPosteriors.CopyTo(states.LogPosteriors, 0);
        return states;
    }
}
