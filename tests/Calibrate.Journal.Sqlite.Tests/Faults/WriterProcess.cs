using System.Diagnostics;
using System.Globalization;

namespace Calibrate.Journal.Sqlite.Tests.Faults;

/// <summary>A process of its own that owns a run (the project Calibrate.Journal.Sqlite.Writer).</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process process;

    private WriterProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Starts the process: "hold" acquires the run and waits, "append" also appends until it is killed.</summary>
    public static WriterProcess Start(string verb, string runsDirectory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in new[] { "exec", Path.Combine(AppContext.BaseDirectory, "Calibrate.Journal.Sqlite.Writer.dll"), verb, runsDirectory, TemporaryRuns.Run.Name })
        {
            start.ArgumentList.Add(argument);
        }

        return new WriterProcess(Process.Start(start) ?? throw new InvalidOperationException("The writer process did not start."));
    }

    /// <summary>The next line that the process prints: "acquired", the last acknowledged event, or why it was refused.</summary>
    public async Task<string> ReadLineAsync() =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The writer process has ended.");

    /// <summary>kill -9, then whatever it had still managed to print: returns the last event it saw acknowledged.</summary>
    public async Task<long> KillAsync(long lastSeen)
    {
        process.Kill();
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        // The kill may cut the last line short; only a line with its end is an acknowledgement.
        var complete = rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return complete.Length == 0 ? lastSeen : long.Parse(complete[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>Lets the process end by itself and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
