namespace Calibrate.Simulator.Messaging;

/// <summary>How bad the network is. Probabilities are per message.</summary>
public sealed record NetworkWeather
{
    /// <summary>A network on which nothing happens.</summary>
    public static NetworkWeather Fine { get; } = new();

    /// <summary>Median of the time on the way, one way, in seconds.</summary>
    public double Latency { get; init; } = 0.0005;

    /// <summary>Spread of the time on the way: standard deviation of its logarithm.</summary>
    public double Jitter { get; init; }

    /// <summary>A message is lost before it reaches a queue.</summary>
    public double Loss { get; init; }

    /// <summary>A message reaches its queue twice.</summary>
    public double Duplication { get; init; }

    /// <summary>A message is overtaken by others for up to two seconds.</summary>
    public double Reordering { get; init; }

    /// <summary>What reaches a queue is noise, or the beginning of a message.</summary>
    public double Garbling { get; init; }

    /// <summary>A confirmation gets lost; the publisher gives the connection up.</summary>
    public double ConfirmLoss { get; init; }
}
