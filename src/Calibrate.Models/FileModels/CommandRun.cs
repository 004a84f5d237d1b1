using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Calibrate.Models.Processes;
using Calibrate.Problems.Models;

namespace Calibrate.Models.FileModels;

/// <summary>
/// Runs a command to its end in a folder. The child stays in the process group of its parent, so that whoever kills a slot kills it too; it
/// reads nothing, and what it prints is kept only as far as a message needs it.
/// </summary>
internal sealed class CommandRun : IDisposable
{
    private const int Kept = 8 * 1024;
    private const int Shown = 3;
    private const int FileIsBusy = 26;
    private const int StartAttempts = 40;
    private static readonly TimeSpan PauseBetweenStarts = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PatienceForLastWords = TimeSpan.FromSeconds(1);
    private readonly IReadOnlyList<string> command;
    private readonly Lock gate = new();
    private readonly ManualResetEventSlim stopped = new();
    private Process? running;

    /// <summary>Starts nothing yet.</summary>
    /// <param name="command">The program and its arguments.</param>
    public CommandRun(IReadOnlyList<string> command) => this.command = command;

    /// <summary>Runs the command once.</summary>
    /// <param name="folder">Where it runs; a program that lies there is found by its path in it.</param>
    /// <param name="lastLines">Receives the last lines it printed, in one.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="ModelUnavailableException">The program does not start.</exception>
    public int Run(string folder, out string lastLines)
    {
        using Process child = new() { StartInfo = InfoFor(folder) };
        Start(child);
        try
        {
            child.StandardInput.Close();
            Task<string> output = TailOf(child.StandardOutput.BaseStream);
            Task<string> errors = TailOf(child.StandardError.BaseStream);
            child.WaitForExit();

            // What the command left running may hold its pipes open for ever.
            Task.WaitAll([output, errors], PatienceForLastWords);
            string text = (errors.IsCompletedSuccessfully ? errors.Result : "") is { Length: > 0 } said ? said : output.IsCompletedSuccessfully ? output.Result : "";
            lastLines = string.Join(" | ", text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(Shown));
            return child.ExitCode;
        }
        finally
        {
            lock (gate)
            {
                running = null;
            }
        }
    }

    /// <summary>Kills the command if it is running, with everything it started.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopped.Set();
            try
            {
                running?.Kill(entireProcessTree: true);
            }
            catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
            {
                // gone already
            }
        }
    }

    private void Start(Process child)
    {
        for (int attempt = 1; !TryStart(child, attempt == StartAttempts); attempt++)
        {
            stopped.Wait(PauseBetweenStarts);
        }
    }

    // A program that was just written is busy for as long as a child that another thread starts at this moment has not begun its own program.
    private bool TryStart(Process child, bool last)
    {
        try
        {
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(stopped.IsSet, this);
                child.Start();
                running = child;
                return true;
            }
        }
        catch (Win32Exception busy) when (busy.NativeErrorCode == FileIsBusy && !last)
        {
            return false;
        }
        catch (Win32Exception exception)
        {
            throw new ModelUnavailableException(
                $"the command '{string.Join(' ', command)}' does not start ({exception.Message}): is '{command[0]}' installed here, or among the model's files?", exception);
        }
    }

    private ProcessStartInfo InfoFor(string folder)
    {
        string own = Path.GetFullPath(Path.Combine(folder, command[0]));
        ProcessStartInfo info = new(File.Exists(own) ? own : command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        ScrubbedEnvironment.Scrub(info.Environment);
        return info;
    }

    // Closes the stream at its end: a process that is disposed of does not.
    private static async Task<string> TailOf(Stream stream)
    {
        using Stream owned = stream;
        byte[] buffer = new byte[2 * Kept];
        int length = 0;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length, Math.Min(Kept, buffer.Length - length))).ConfigureAwait(false)) > 0)
            {
                length += read;
                if (length > Kept)
                {
                    buffer.AsSpan(length - Kept, Kept).CopyTo(buffer);
                    length = Kept;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // the child is gone
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
