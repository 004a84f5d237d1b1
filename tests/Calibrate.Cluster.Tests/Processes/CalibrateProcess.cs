using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Calibrate.Cluster.Tests.Processes;

/// <summary>One real <c>calibrate</c> process: the command line with the test models (the project Calibrate.TestHost).</summary>
internal sealed class CalibrateProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigContinue = 18;
    private const int SigStop = 19;

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();
    private readonly SemaphoreSlim printed = new(0);

    private CalibrateProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => string.Join('\n', output);

    public string Errors => string.Join('\n', errors);

    /// <summary>Starts a process.</summary>
    /// <param name="environment">Variables to set, or to take away where the value is null.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="program">The program's file; the test host when null.</param>
    public static CalibrateProcess Start(IReadOnlyDictionary<string, string?> environment, IEnumerable<string> arguments, string? program = null)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", program ?? Path.Combine(AppContext.BaseDirectory, "Calibrate.TestHost.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new CalibrateProcess(Process.Start(start) ?? throw new InvalidOperationException("The process did not start."));
    }

    public void Kill() => Signal(SigKill);

    public void Terminate() => Signal(SigTerm);

    public void Freeze() => Signal(SigStop);

    public void Thaw() => Signal(SigContinue);

    /// <summary>Waits for the end of the process and returns its exit code.</summary>
    /// <exception cref="TimeoutException">It did not end; the message has what it printed.</exception>
    public async Task<int> ExitAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"Process {Id} still runs after {patience.TotalSeconds:F0} s. It printed:\n{Output}\n{Errors}", exception);
        }
    }

    /// <summary>Waits for the end of the process, or until nobody is interested any more.</summary>
    public async Task EndsAsync(CancellationToken uninterested)
    {
        try
        {
            await process.WaitForExitAsync(uninterested);
        }
        catch (OperationCanceledException)
        {
            // the process goes on; its owner disposes of it
        }
    }

    /// <summary>Waits until the process has printed a text.</summary>
    public async Task PrintsAsync(string text, TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        while (!Output.Contains(text, StringComparison.Ordinal) && !Errors.Contains(text, StringComparison.Ordinal))
        {
            try
            {
                await printed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"Process {Id} does not print '{text}' but:\n{Output}\n{Errors}", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Signal(SigKill);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
            printed.Release();
        }
    }

    private void Signal(int signal)
    {
        if (!process.HasExited)
        {
            _ = SendSignal(process.Id, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
