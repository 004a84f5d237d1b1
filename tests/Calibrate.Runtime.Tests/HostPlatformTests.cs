namespace Calibrate.Runtime.Tests;

public class HostPlatformTests
{
    [Fact]
    public void The_current_platform_is_described_in_full()
    {
        var here = HostPlatform.Current;
        Assert.All(
            [here.OperatingSystem, here.Architecture, here.Runtime, here.VectorLevel, here.CLibrary],
            part => Assert.NotEqual("", part));
        Assert.Contains(".NET 10", here.Runtime, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_difference_is_told_with_both_values()
    {
        var here = HostPlatform.Current;
        Assert.Empty(here.DifferencesFrom(here with { }));
        Assert.Equal(
            ["architecture: Arm64 in the journal, X64 here", "vector instructions: 128 bits without FMA in the journal, 512 bits with FMA here"],
            (here with { Architecture = "Arm64", VectorLevel = "128 bits without FMA" })
                .DifferencesFrom(here with { Architecture = "X64", VectorLevel = "512 bits with FMA" }));
    }
}
