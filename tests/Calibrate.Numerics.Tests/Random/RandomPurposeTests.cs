using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Random;

public class RandomPurposeTests
{
    /// <summary>The table is append-only: a changed number changes every chain. Add new rows here, never edit old ones.</summary>
    [Fact]
    public void NumbersNeverChange()
    {
        (RandomPurpose Purpose, int Number)[] table =
        [
            (RandomPurpose.Step, 0), (RandomPurpose.MoveChoice, 1), (RandomPurpose.ProposalNormals, 2),
            (RandomPurpose.InitialPosition, 3), (RandomPurpose.InitialBall, 4), (RandomPurpose.RandomSearch, 5),
            (RandomPurpose.Canary, 6), (RandomPurpose.VerifySample, 7), (RandomPurpose.HelperSubset, 8), (RandomPurpose.InitialRows, 9),
            (RandomPurpose.PriorSample, 10), (RandomPurpose.PredictiveErrors, 11),
        ];
        Assert.All(table, row => Assert.Equal(row.Number, (int)row.Purpose));
        Assert.Equal(table.Length, Enum.GetValues<RandomPurpose>().Length);
    }
}
