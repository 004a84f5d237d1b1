using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Likelihoods;

public class OutputNamesTests
{
    [Theory]
    [InlineData(0, "y@2000", "output 'y' at 2000")]
    [InlineData(10, "y@2010", "output 'y' at 2010")]
    [InlineData(11, "total", "output 'total'")]
    public void A_value_is_named_by_output_and_time(int row, string name, string description)
    {
        Assert.Equal(name, OutputNames.Of(LineModel.LineSignature, row));
        Assert.Equal(description, OutputNames.Describe(LineModel.LineSignature, row));
    }
}
