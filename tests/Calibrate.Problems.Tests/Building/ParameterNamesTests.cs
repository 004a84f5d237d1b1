using Calibrate.Problems.Building;

namespace Calibrate.Problems.Tests.Building;

public class ParameterNamesTests
{
    [Theory]
    [InlineData("lambda0", true)]
    [InlineData("_x", true)]
    [InlineData("A1_b", true)]
    [InlineData("", false)]
    [InlineData("1x", false)]
    [InlineData("a-b", false)]
    [InlineData("a b", false)]
    [InlineData("λ", false)]
    [InlineData("pi", false)]
    [InlineData("exp", false)]
    public void A_name_is_what_an_expression_can_use(string name, bool valid) => Assert.Equal(valid, ParameterNames.IsValid(name));
}
