namespace Calibrate.Problems.Tests;

public class DerivedQuantitiesTests
{
    [Fact]
    public void Quantities_use_parameters_and_recorded_outputs()
    {
        DerivedQuantities derived = new([new("a", "x + heat"), new("b", "y")], ["x", "y"], ["other", "heat"]);
        double[] values = new double[2];
        derived.Evaluate([1, 2], [30, 40], values);
        Assert.Equal([41.0, 2], values);
        Assert.Equal([1], derived.RecordedInUse);
        Assert.Equal(["a", "b"], derived.Names);
        Assert.Equal(2, derived.Count);
    }

    [Fact]
    public void Evaluating_does_not_allocate()
    {
        DerivedQuantities derived = new([new("a", "3.93 / x")], ["x"], []);
        double[] values = new double[1];
        double[] natural = [2];
        derived.Evaluate(natural, [], values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        derived.Evaluate(natural, [], values);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
