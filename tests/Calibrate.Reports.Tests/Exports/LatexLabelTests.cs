using Calibrate.Reports.Exports;

namespace Calibrate.Reports.Tests.Exports;

public class LatexLabelTests
{
    [Theory]
    [InlineData("lambda0", null, @"\lambda_{0}")]
    [InlineData("sigma_obs", null, @"\sigma_{\mathrm{obs}}")]
    [InlineData("x1_max_2", null, @"x_{1,\mathrm{max},2}")]
    [InlineData("ecs", null, @"\mathrm{ecs}")]
    [InlineData("a", null, "a")]
    [InlineData("_2", null, @"\mathrm{\_2}")]
    [InlineData("tau_", null, @"\tau")]
    [InlineData("k", "decay rate, 50 %", @"\mathrm{decay\ rate,\ 50\ \%}")]
    [InlineData("k", @"$\kappa_v$", @"\kappa_v")]
    [InlineData("k", "H_0", "H_0")]
    [InlineData("k", "two\nlines", @"\mathrm{two\ lines}")]
    public void Labels_are_those_of_the_problem_or_made_of_the_name(string name, string? label, string latex) => Assert.Equal(latex, LatexLabel.Of(name, label));
}
