using Calibrate.Inference.Moves;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Tests.Moves;

public class HelperSelectionTests
{
    /// <summary>By hand: index mulhi(word, n - k), then past the places taken before, in ascending order.</summary>
    [Fact]
    public void CountsPastWhatIsTaken()
    {
        const uint Half = 1u << 31;
        int[] helpers = new int[3];
        HelperSelection.Distinct([Half, Half, Half], 8, helpers);
        Assert.Equal([4, 3, 5], helpers);
        HelperSelection.Distinct([0, 0, 0], 8, helpers);
        Assert.Equal([0, 1, 2], helpers);
        HelperSelection.Distinct([uint.MaxValue, uint.MaxValue, uint.MaxValue], 8, helpers);
        Assert.Equal([7, 6, 5], helpers);
    }

    /// <summary>
    /// Each of the 5 * 4 * 3 ordered triples is equally likely: chi-squared with 59 degrees of freedom below 140 (false alarm 1e-8).
    /// </summary>
    [Fact]
    public void OrderedTriplesAreUniform()
    {
        const int Draws = 60_000;
        Dictionary<(int, int, int), int> counts = [];
        int[] helpers = new int[3];
        for (int i = 0; i < Draws; i++)
        {
            PhiloxBlock block = Philox.Block(PhiloxKey.FromSeed(7), PhiloxCounter.Of(i, 0, 0, RandomPurpose.Step));
            HelperSelection.Distinct([block.W0, block.W1, block.W2], 5, helpers);
            (int, int, int) triple = (helpers[0], helpers[1], helpers[2]);
            counts[triple] = counts.GetValueOrDefault(triple) + 1;
        }

        Assert.Equal(60, counts.Count);
        double expected = Draws / 60.0;
        Assert.True(counts.Values.Sum(count => (count - expected) * (count - expected) / expected) < 140);
    }

    [Fact]
    public void TakesEverybodyIfAsked()
    {
        uint[] words = [.. Enumerable.Range(0, 300).Select(i => (uint)i * 2654435761u)];
        int[] helpers = new int[300];
        HelperSelection.Distinct(words, 300, helpers);
        Assert.Equal(Enumerable.Range(0, 300), helpers.Order());
        HelperSelection.Everyone(helpers);
        Assert.Equal(Enumerable.Range(0, 300), helpers);
    }
}
