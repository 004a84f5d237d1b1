using Calibrate.Cli.Commands;

namespace Calibrate.Cli.Tests.Commands;

public class RunNameTests
{
    [Theory]
    [InlineData("samples/climate/two-layer.yaml", "two-layer")]
    [InlineData("my model (2).yml", "my-model--2-")]
    [InlineData("a.b.yaml", "a-b")]
    public void The_default_name_is_the_stem_made_fit_for_a_name(string path, string expected) =>
        Assert.Equal(expected, RunName.FromFile(path));

    [Fact]
    public void A_very_long_stem_is_cut() => Assert.Equal(64, RunName.FromFile(new string('x', 100) + ".yaml").Length);
}
