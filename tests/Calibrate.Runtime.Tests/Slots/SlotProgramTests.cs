using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class SlotProgramTests
{
    [Fact]
    public void A_program_run_by_dotnet_is_run_by_dotnet_again()
    {
        var program = SlotProgram.Of("/usr/bin/dotnet", "/app/calibrate.dll");
        Assert.Equal("/usr/bin/dotnet", program.FileName);
        Assert.Equal(["/app/calibrate.dll", "slot"], program.Arguments);
    }

    [Theory]
    [InlineData("/app/calibrate", "/app/calibrate.dll")]
    [InlineData("/app/calibrate", null)]
    public void A_program_of_its_own_is_started_itself(string process, string? assembly)
    {
        var program = SlotProgram.Of(process, assembly);
        Assert.Equal(process, program.FileName);
        Assert.Equal(["slot"], program.Arguments);
    }

    [Fact]
    public void A_process_without_a_program_is_told_what_to_do() =>
        Assert.Contains("execution.isolation: thread", Assert.Throws<RunException>(() => SlotProgram.Of(null, null)).Message, StringComparison.Ordinal);
}
