namespace Calibrate.Cluster.RabbitMq;

/// <summary>How to connect to a broker, and how often to try.</summary>
/// <param name="Address">The broker.</param>
public sealed record BrokerSettings(BrokerAddress Address)
{
    /// <summary>A file with the certificates of the authorities to trust instead of the system's, PEM; null for the system's.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>A file with this client's certificate, PEM; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A file with the certificate's private key, PEM; null when it stands in the certificate's file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>How often both sides make sure that the other is there; a connection is given up after two silent periods.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts at the start before the broker is called unreachable.</summary>
    public int FirstAttempts { get; init; } = 5;

    /// <summary>How long a connection that broke is tried for before its owner gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Pauses between attempts.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(10));
}
