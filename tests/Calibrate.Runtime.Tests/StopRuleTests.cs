namespace Calibrate.Runtime.Tests;

public class StopRuleTests
{
    [Theory]
    [InlineData(400.0, 1.01, 400, 1.009, true)]
    [InlineData(400.0, 1.01, 399, 1.009, false)]
    [InlineData(400.0, 1.01, 400, 1.01, false)]
    [InlineData(400.0, null, 400, double.NaN, true)]
    [InlineData(null, 1.01, double.NaN, 1.0, true)]
    [InlineData(400.0, null, double.NaN, 1.0, false)]
    [InlineData(null, 1.01, 1000, double.NaN, false)]
    [InlineData(null, null, 1e9, 1.0, false)]
    public void Both_demands_must_be_met_and_what_is_not_a_number_meets_none(
        double? wantedEss, double? wantedRhat, double ess, double rhat, bool met) =>
        Assert.Equal(met, new StopRule(1000, wantedEss, wantedRhat).IsMetBy(ess, rhat));
}
