using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class DistributionParameterTests
{
    [Theory]
    [InlineData("sd", true)]
    [InlineData("sigma", true)]
    [InlineData("Sigma", false)]
    [InlineData("rate", false)]
    public void ItAnswersToItsNameAndItsAlternates(string name, bool answers) =>
        Assert.Equal(answers, new DistributionParameter("sd", ["sigma", "std"], "standard deviation").IsNamed(name));
}
