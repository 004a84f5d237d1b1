using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class DistributionDefinitionTests
{
    private static readonly DistributionDefinition StudentT = Definition("student_t");

    [Fact]
    public void TheSignatureShowsHowACallIsWritten()
    {
        Assert.Equal("student_t(nu, mu, sigma)", StudentT.Signature);
        Assert.Equal("flat", Definition("flat").Signature);
    }

    [Theory]
    [InlineData("nu", 0)]
    [InlineData("df", 0)]
    [InlineData("scale", 2)]
    [InlineData("rate", -1)]
    public void ParametersAreFoundByEveryName(string name, int index) => Assert.Equal(index, StudentT.IndexOf(name));

    [Fact]
    public void AWrongNumberOfArgumentsSaysWhatWasExpected()
    {
        Assert.Equal(
            "student_t: expected 3 arguments, as in student_t(nu, mu, sigma), found 2",
            Assert.Throws<ArgumentException>(() => StudentT.Create([4, 1])).Message);
        Assert.Equal(
            "half_normal: expected 1 argument, as in half_normal(sigma), found 0",
            Assert.Throws<ArgumentException>(() => Definition("half_normal").Create([])).Message);
        Assert.Equal(
            "flat: expected no arguments, as in flat, found 1",
            Assert.Throws<ArgumentException>(() => Definition("flat").Create([1])).Message);
    }

    private static DistributionDefinition Definition(string name) =>
        DistributionCatalog.TryGet(name, out DistributionDefinition? definition) ? definition : throw new InvalidOperationException(name);
}
