using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Slots.Protocol;
using Calibrate.Runtime.Slots.Protocol.Protobuf;

namespace Calibrate.Runtime.Slots;

/// <summary>One child process that has built the problem and evaluates. For one thread at a time, except for <see cref="Kill"/>.</summary>
internal sealed class SlotChild : IDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    // Over when the pipe is, unless what the program started outlives it; a busy machine may take its time.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);
    private static int started;

    private readonly Process process;
    private readonly FrameWriter writer;
    private readonly FrameReader<ToParent> reader;
    private readonly LastLines errors;

    private SlotChild(Process process, ProcessSlotOptions options)
    {
        this.process = process;
        var number = Interlocked.Increment(ref started);
        Name = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName} pid {process.Id} start#{number}");
        writer = new FrameWriter(process.StandardInput.BaseStream);
        reader = new FrameReader<ToParent>(process.StandardOutput.BaseStream, ToParent.Parser, SlotMessages.LongestToParent);
        errors = new LastLines(process.StandardError.BaseStream);
        Watch = new ChildWatch(this, options.Limits, options.Clock);
    }

    /// <summary>Host, process and start: no other child ever has this name.</summary>
    public string Name { get; }

    /// <summary>Keeps the limits.</summary>
    public ChildWatch Watch { get; }

    /// <summary>Evaluations that the child answered.</summary>
    public long Evaluated { get; set; }

    /// <summary>Bytes that the child and what its model started hold in memory.</summary>
    public long Memory => ResidentMemory.OfGroup(process);

    /// <summary>Whether the child lives.</summary>
    public bool IsAlive => !process.HasExited;

    /// <summary>Starts a child and waits until it has built the problem.</summary>
    /// <exception cref="ChildStartException">It did not come to life; another try may go better.</exception>
    /// <exception cref="RunException">It cannot build the problem; another try would not change that.</exception>
    public static SlotChild Start(
        SlotProgram program, ProblemBundle bundle, Fingerprint model, ProcessSlotOptions options, CancellationToken cancellationToken)
    {
        var child = new SlotChild(Launch(program), options);
        try
        {
            child.Load(SlotMessages.Load(bundle, model), program, options, cancellationToken);
            return child;
        }
        catch
        {
            child.Kill();
            child.Dispose();
            throw;
        }
    }

    /// <summary>Sends a message; a child that died meanwhile does not get it, which the next <see cref="Receive"/> tells.</summary>
    public void Send(ToChild message)
    {
        try
        {
            writer.Write(message);
        }
        catch (IOException)
        {
            Kill();
        }
    }

    /// <summary>Waits for a message; null when the child has died.</summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    public ToParent? Receive()
    {
        try
        {
            return reader.Read();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Kills the child and what its model started. Safe to call from any thread at any time.</summary>
    public void Kill() => ProcessGroups.Kill(process);

    /// <summary>How the child ended, for the user. Kills what is left of it first.</summary>
    public string Obituary()
    {
        Kill();
        process.WaitForExit(Goodbye);
        var end = process.HasExited ? EndOf(process.ExitCode) : "does not answer";
        var words = errors.Read(LastWords);
        return $"process {process.Id.ToString(CultureInfo.InvariantCulture)} {end}{(words.Length > 0 ? $"; it said last: {words}" : "")}";
    }

    /// <summary>Lets the child end, and ends it if it does not.</summary>
    public void Dispose()
    {
        Watch.Dispose();
        try
        {
            process.StandardInput.BaseStream.Dispose();
        }
        catch (IOException)
        {
            // it is gone, with something unread
        }

        if (!process.WaitForExit(Goodbye))
        {
            Kill();
            process.WaitForExit(Goodbye);
        }

        // What its model started and did not end with it.
        Kill();
        process.Dispose();
    }

    private static Process Launch(SlotProgram program)
    {
        var start = new ProcessStartInfo(program.FileName, program.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        ChildEnvironment.Scrub(start.Environment);
        try
        {
            return Process.Start(start) ?? throw new ChildStartException($"The program for evaluations, {program.FileName}, does not start.");
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            throw new ChildStartException($"The program for evaluations, {program.FileName}, does not start: {exception.Message}");
        }
    }

    private void Load(ToChild load, SlotProgram program, ProcessSlotOptions options, CancellationToken cancellationToken)
    {
        var late = false;
        using var timer = options.Clock.CreateTimer(
            _ =>
            {
                Volatile.Write(ref late, true);
                Kill();
            },
            null,
            options.StartTimeout,
            Timeout.InfiniteTimeSpan);
        using var cancellation = cancellationToken.Register(Kill);
        ToParent? answer;
        try
        {
            Send(load);
            answer = Receive();
        }
        catch (InvalidDataException exception)
        {
            throw new RunException(
                $"The program for evaluations, {program.FileName} {string.Join(' ', program.Arguments)}, answers with {exception.Message}: it is not one that evaluates.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        switch (answer?.MessageCase)
        {
            case ToParent.MessageOneofCase.Loaded:
                return;
            case ToParent.MessageOneofCase.Refused:
                throw new RunException(answer.Refused);
            default:
                throw new ChildStartException(Volatile.Read(ref late)
                    ? string.Create(CultureInfo.InvariantCulture, $"A process for evaluations was not ready after {options.StartTimeout.TotalSeconds:0.###} s: {Obituary()}.")
                    : $"A process for evaluations ended before it was ready: {Obituary()}.");
        }
    }

    // .NET reports a signal as 128 plus its number.
    private static string EndOf(int code) => code switch
    {
        0 => "ended by itself",
        128 + 6 => "aborted",
        128 + 9 => "was killed",
        128 + 11 => "had a segmentation fault",
        128 + 15 => "was asked to end",
        _ => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code}"),
    };
}

/// <summary>A child did not come to life, for a reason that may pass.</summary>
/// <param name="message">Why.</param>
internal sealed class ChildStartException(string message) : Exception(message);
