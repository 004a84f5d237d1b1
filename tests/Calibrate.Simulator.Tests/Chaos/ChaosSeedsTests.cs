using Calibrate.Simulator.Chaos;

namespace Calibrate.Simulator.Tests.Chaos;

public class ChaosSeedsTests
{
    // scripts/simulate.sh runs a hundred thousand.
    private const int Seeds = 1000;

    [Fact]
    public void Whatever_goes_wrong_a_run_ends_with_the_plain_kernels_chain_or_a_documented_pause()
    {
        var failed = ChaosSeeds.RunAll(from: 1, Seeds);
        Assert.True(failed.Count == 0, string.Join('\n', failed.Take(5).Select(failure =>
            $"scripts/simulate.sh --seed {failure.Seed} --trace\n  {failure.Complaint}")));
    }

    [Theory]
    [InlineData(2UL)]
    [InlineData(17UL)]
    public void A_seed_gives_the_same_transcript_again(ulong seed)
    {
        List<string> first = [], second = [];
        Assert.Equal(ChaosSeeds.Run(seed, first, verbose: true), ChaosSeeds.Run(seed, second, verbose: true));
        Assert.True(first.Count > 100, "the transcript is all but empty");
        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData(ChaosMutation.ForgetToFence)]
    [InlineData(ChaosMutation.MixUpOutcomes)]
    [InlineData(ChaosMutation.OverlookLastEvent)]
    [InlineData(ChaosMutation.HideDisagreements)]
    [InlineData(ChaosMutation.ForgetLosses)]
    public void A_planted_mistake_is_noticed_within_200_seeds(ChaosMutation mutation) =>
        Assert.Contains(Enumerable.Range(1, 200), seed => ChaosSeeds.Run((ulong)seed, mutation: mutation).Complaint is not null);
}
