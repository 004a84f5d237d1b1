using System.Diagnostics;

namespace Calibrate.Models.Processes;

/// <summary>One running program that is a model. For one thread at a time.</summary>
internal sealed class ModelChild : IDisposable
{
    private const int FirstSignal = 128;
    private const int LastSignal = FirstSignal + 64;
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    // Over when the pipe is, unless what the program started outlives it; a busy machine may take its time.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly ProcessProgram program;
    private readonly ChildFolder folder;
    private readonly StandardErrorLog log;
    private readonly Process process;
    private readonly Stream input;
    private readonly Stream output;
    private readonly LineReader lines;
    private readonly WakefulWait wait;
    private readonly RequestWriter requests = new();
    private readonly AnswerReader answers = new();
    private long lastRequest;
    private bool disposed;

    private ModelChild(ProcessProgram program, ChildFolder folder, Process process)
    {
        this.program = program;
        this.folder = folder;
        this.process = process;
        log = new StandardErrorLog(folder.ErrorLog);
        log.Follow(process.StandardError.BaseStream);
        input = process.StandardInput.BaseStream;
        output = process.StandardOutput.BaseStream;
        PipeRoom.Widen(output);
        lines = new LineReader(output, program.LongestLine);
        wait = new WakefulWait(output, program.Clock);
    }

    /// <summary>What the program said about itself.</summary>
    public ModelReport Report { get; private set; } = new("", "", [], false, 1);

    /// <summary>Whether the program runs and can be asked.</summary>
    public bool IsAlive => !disposed && !process.HasExited;

    /// <summary>Starts the program and waits for its answer to the handshake.</summary>
    /// <exception cref="ChildStartException">It did not come to life; another try may go better.</exception>
    /// <exception cref="ModelRefusalException">It cannot work with the problem's parameters or outputs.</exception>
    public static ModelChild Start(ProcessProgram program)
    {
        ChildFolder? place = null;
        ModelChild? child = null;
        try
        {
            place = ChildFolder.Create(program);
            child = new ModelChild(program, place, ChildLaunch.Start(program, place));
            child.Greet();
            return child;
        }
        catch (Exception exception)
        {
            child?.Discard();
            place?.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw new ChildStartException($"The folder of the model '{program.Text}' cannot be made: {exception.Message}");
            }

            throw;
        }
    }

    /// <summary>Asks for some points and waits for the answers.</summary>
    /// <param name="points">Structure of arrays over the whole batch.</param>
    /// <param name="receiver">Says which points, and receives what comes of them.</param>
    /// <returns>False when the program ended instead.</returns>
    /// <exception cref="ProtocolBreachException">It wrote something else; it must be discarded.</exception>
    public bool TryAsk(ReadOnlySpan<double> points, Answers receiver)
    {
        long id = ++lastRequest;
        return TryWrite(requests.Write(id, points, receiver.Count, receiver.Start, receiver.Size)) && TryAnswer(id, receiver);
    }

    /// <summary>How the program ended, for the user. Waits a moment for its end, and brings it about.</summary>
    public ChildEnd End()
    {
        if (!process.WaitForExit(Goodbye))
        {
            ChildLaunch.Kill(process);
            process.WaitForExit(Goodbye);
        }

        int code = process.HasExited ? process.ExitCode : FirstSignal;
        string words = log.LastLines(LastWords);
        return new ChildEnd(code, code is > FirstSignal and <= LastSignal, words.Length > 0 ? $"; it said last: {words}" : "");
    }

    /// <summary>Kills the program at once.</summary>
    public void Discard()
    {
        ChildLaunch.Kill(process);
        Dispose();
    }

    /// <summary>Lets the program end, and ends it if it does not.</summary>
    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        try
        {
            input.Dispose();
        }
        catch (IOException)
        {
            // it is gone, with something unread
        }

        process.WaitForExit(Goodbye);

        // What the program started goes with it, whether it ended by itself or not.
        ChildLaunch.Kill(process);
        process.WaitForExit(Goodbye);
        log.Dispose();

        // A process that is disposed of keeps its streams open for whoever may read them.
        output.Dispose();
        process.Dispose();
        folder.Dispose();
    }

    private void Greet()
    {
        bool late = false;
        using ITimer timer = program.Clock.CreateTimer(
            _ =>
            {
                Volatile.Write(ref late, true);
                ChildLaunch.Kill(process);
            },
            null,
            program.StartTimeout,
            Timeout.InfiniteTimeSpan);
        try
        {
            if (TryWrite(ProcessHandshake.Question(program)) && TryReadLine(out ReadOnlySpan<byte> line))
            {
                Report = ProcessHandshake.Read(line);
                return;
            }
        }
        catch (ProtocolBreachException breach)
        {
            throw new ChildStartException($"The model '{program.Text}' answered the handshake with {breach.Message}.");
        }

        ChildEnd end = End();
        throw new ChildStartException(Volatile.Read(ref late)
            ? FormattableString.Invariant($"The model '{program.Text}' did not answer within {program.StartTimeout.TotalSeconds:0.###} s of its start{end.LastWords}. A model that needs longer to start is given more with start_timeout.")
            : $"The model '{program.Text}' {end.Description} before it answered the handshake{end.LastWords}");
    }

    private bool TryWrite(ReadOnlySpan<byte> line)
    {
        try
        {
            input.Write(line);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private bool TryAnswer(long id, Answers receiver)
    {
        wait.Asked();
        wait.Wait();
        if (!TryReadLine(out ReadOnlySpan<byte> line))
        {
            return false;
        }

        wait.Answered();
        answers.Read(line, id, receiver);
        return true;
    }

    // What does not begin with a brace is no part of the conversation.
    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        try
        {
            while (lines.TryRead(out line))
            {
                if (line.StartsWith("{"u8))
                {
                    return true;
                }

                log.Add(line);
            }
        }
        catch (IOException)
        {
            line = default;
        }

        return false;
    }
}

/// <summary>How a program ended.</summary>
/// <param name="Code">Its exit code; 128 plus the number of a signal.</param>
/// <param name="WasKilled">Whether a signal ended it.</param>
/// <param name="LastWords">What it wrote last, ready to stand at the end of a message.</param>
internal sealed record ChildEnd(int Code, bool WasKilled, string LastWords)
{
    /// <summary>The end as the verb of a sentence.</summary>
    public string Description => Code switch
    {
        0 => "ended by itself",
        128 + 6 => "aborted",
        128 + 9 => "was killed",
        128 + 11 => "had a segmentation fault",
        128 + 15 => "was asked to end",
        _ => WasKilled ? FormattableString.Invariant($"was ended by signal {Code - 128}") : FormattableString.Invariant($"ended with exit code {Code}"),
    };
}
