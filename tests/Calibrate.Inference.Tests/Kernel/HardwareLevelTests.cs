using System.Diagnostics;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>
/// The known chains and digests hold without the wide vectors that this machine may have: the tests of both are run once more in a
/// process that is denied them.
/// </summary>
public class HardwareLevelTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task KnownAnswersHoldWithoutIt(string instructionSet)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [instructionSet] = "0" },
        };
        string assembly = typeof(HardwareLevelTests).Assembly.Location;
        foreach (string argument in (string[])["vstest", assembly, "--TestCaseFilter:FullyQualifiedName~ChainDigestTests|FullyQualifiedName~ChainsNeverChange"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("Passed", output, StringComparison.Ordinal);
    }
}
