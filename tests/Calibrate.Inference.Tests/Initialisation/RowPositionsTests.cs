using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Initialisation;

public class RowPositionsTests
{
    [Fact]
    public void EnoughRowsForAllAreTakenInOrder()
    {
        RowPositions rows = new(Rows(7), ensembles: 2, walkers: 3, TestMethods.Key);
        Assert.Null(rows.Refusal);
        Assert.Equal([0, 1, 2], Draw(rows, 0, 0, 3));
        Assert.Equal([3, 4, 5], Draw(rows, 1, 0, 3));
        Assert.False(rows.TryDraw(0, 0, 1, new double[1]));
    }

    [Fact]
    public void FewerRowsAreSharedInAnOrderOfItsOwnPerEnsemble()
    {
        RowPositions rows = new(Rows(50), ensembles: 4, walkers: 20, TestMethods.Key);
        List<double> first = Draw(rows, 0, 0, 20);
        Assert.Equal(20, first.Distinct().Count());
        Assert.NotEqual(first, Draw(rows, 1, 0, 20));

        // the rows that are left over serve as further attempts
        List<double> second = Draw(rows, 0, 1, 20);
        Assert.Empty(first.Intersect(second));
        Assert.True(rows.TryDraw(0, 9, 2, new double[1]));
        Assert.False(rows.TryDraw(0, 10, 2, new double[1]));
    }

    [Fact]
    public void TooFewRowsAreRefused() =>
        Assert.Contains("has 5 rows; an ensemble of 6 walkers needs at least 6", new RowPositions(Rows(5), 1, 6, TestMethods.Key).Refusal, StringComparison.Ordinal);

    private static double[][] Rows(int count) => [.. Enumerable.Range(0, count).Select(row => new double[] { row })];

    private static List<double> Draw(RowPositions rows, int ensemble, int attempt, int walkers)
    {
        List<double> drawn = [];
        double[] position = new double[1];
        for (int walker = 0; walker < walkers; walker++)
        {
            Assert.True(rows.TryDraw(ensemble, walker, attempt, position));
            drawn.Add(position[0]);
        }

        return drawn;
    }
}
