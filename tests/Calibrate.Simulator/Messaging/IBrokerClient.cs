namespace Calibrate.Simulator.Messaging;

/// <summary>A process as its connection to the broker sees it.</summary>
public interface IBrokerClient
{
    /// <summary>Its name, for the transcript.</summary>
    string Name { get; }

    /// <summary>The connection is there.</summary>
    void Connected();

    /// <summary>The connection is gone; another one is attempted.</summary>
    void Disconnected();

    /// <summary>A message arrived that was sent to this process or to all.</summary>
    void Arrived(byte[] body);

    /// <summary>Work arrived from a queue.</summary>
    void Delivered(long delivery, byte[] body, bool redelivered);

    /// <summary>The broker has a message that it was to confirm.</summary>
    void Confirmed(long confirm);
}
