using Calibrate.Problems.Models;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems.Tests.Targets;

public class TargetSelectionTests
{
    private static readonly OutputSignature Output = new("y", [2000.0, 2001, 2002, 2003]);

    [Fact]
    public void What_is_compared_and_what_is_the_reference_are_chosen_apart()
    {
        TargetSelection selection = TargetSelection.Of(
            new Target("t", "y")
            {
                Times = [1999, 2000, 2001, 2002, 2003],
                Values = [0, 1, 2, 3, 4],
                Range = new(2001, 2003),
                Reference = new(2000, 2001),
                Mask = [new(2002, 2002)],
            },
            Output,
            "targets.t",
            new Mistakes())!;
        Assert.Equal([2, 4], selection.Used);
        Assert.Equal([1, 2], selection.Reference);
        Assert.Equal([-1, 0, 1, -1, 3], selection.AxisPositions);
    }

    [Fact]
    public void Mistakes_are_told_in_the_order_of_the_rows_and_not_more_than_five()
    {
        Target target = new("t", "y")
        {
            Times = [.. Enumerable.Range(2010, 8).Select(t => (double)t)],
            Values = new double[8],
            Origin = new TargetOrigin("d.csv", [.. Enumerable.Range(2, 8)]),
        };
        Mistakes mistakes = new();
        TargetSelection selection = TargetSelection.Of(target, Output, "targets.t", mistakes)!;
        selection.Reject("values", 0, "something else", "nothing");
        selection.Report(mistakes);
        Assert.Equal(["d.csv:2", "d.csv:2", "d.csv:3", "d.csv:4", "d.csv:5"], mistakes.Errors.Select(e => e.DataPlace));
    }

    [Fact]
    public void Times_out_of_order_are_all_that_is_told()
    {
        Mistakes mistakes = new();
        Assert.Null(TargetSelection.Of(new Target("t", "y") { Times = [2003, 1900], Values = [1, double.NaN] }, Output, "targets.t", mistakes));
        Assert.Equal("time 1900 after 2003", Assert.Single(mistakes.Errors).Found);
    }
}
