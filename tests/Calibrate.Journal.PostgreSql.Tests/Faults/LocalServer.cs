using System.Diagnostics;

namespace Calibrate.Journal.PostgreSql.Tests.Faults;

/// <summary>The server that scripts/cluster-local.sh started for the tests, as far as it can be restarted.</summary>
internal static class LocalServer
{
    private const string Variable = "CALIBRATE_TEST_CLUSTER";

    /// <summary>Skips the test when the server is somebody else's.</summary>
    public static void SkipUnlessOurs() =>
        Skip.If(Environment.GetEnvironmentVariable(Variable) is null or "", $"{Variable} names no server that may be restarted; scripts/test.sh starts one");

    /// <summary>Kills the server as a crash would, and starts it again.</summary>
    public static async Task CrashAsync()
    {
        var start = new ProcessStartInfo("bash") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { Script(), "restart-postgres", Environment.GetEnvironmentVariable(Variable)!, "-m", "immediate" })
        {
            start.ArgumentList.Add(argument);
        }

        using var restart = Process.Start(start)!;
        await restart.WaitForExitAsync();
        Assert.Equal(0, restart.ExitCode);
    }

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "scripts", "cluster-local.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidOperationException("scripts/cluster-local.sh stands in no folder above the tests: run them from a checkout.");
    }
}
