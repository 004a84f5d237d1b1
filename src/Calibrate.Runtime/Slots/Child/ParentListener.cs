using System.Collections.Concurrent;
using System.Diagnostics;
using Calibrate.Runtime.Slots.Protocol;
using Calibrate.Runtime.Slots.Protocol.Protobuf;

namespace Calibrate.Runtime.Slots.Child;

/// <summary>
/// Listens to the parent on a thread of its own, also while the model runs: when the parent closes the connection, on purpose or because it was
/// killed, this process ends at once, whatever its model is doing.
/// </summary>
internal sealed class ParentListener
{
    // For what a model does when its process exits; a model that takes longer is not waited for.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly FrameReader<ToChild> reader;
    private readonly BlockingCollection<ToChild> messages;

    /// <summary>Creates the listener.</summary>
    /// <param name="input">The connection.</param>
    /// <param name="messages">Receives the messages.</param>
    public ParentListener(Stream input, BlockingCollection<ToChild> messages)
    {
        reader = new FrameReader<ToChild>(input, ToChild.Parser, SlotMessages.LongestToChild);
        this.messages = messages;
    }

    /// <summary>Begins to listen.</summary>
    public void Start() => new Thread(Listen) { IsBackground = true, Name = "parent listener" }.Start();

    private void Listen()
    {
        try
        {
            while (reader.Read() is { } message)
            {
                messages.Add(message);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // a parent that cannot be understood is as good as none
        }

        using var timer = TimeProvider.System.CreateTimer(_ => Process.GetCurrentProcess().Kill(), null, Grace, Timeout.InfiniteTimeSpan);
        Environment.Exit(0);
    }
}
