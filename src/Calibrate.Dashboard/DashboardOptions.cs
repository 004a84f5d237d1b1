using System.Net;
using System.Security.Cryptography.X509Certificates;
using Calibrate.Dashboard.Security;

namespace Calibrate.Dashboard;

/// <summary>Where a dashboard listens, and who may use it.</summary>
/// <param name="Host">Address to listen at.</param>
/// <param name="Port">Port to listen at; 0 for any that is free.</param>
/// <param name="Token">What must be known to use it.</param>
public sealed record DashboardOptions(IPAddress Host, int Port, AccessToken Token)
{
    /// <summary>Port when nobody says which.</summary>
    public const int DefaultPort = 8750;

    /// <summary>The certificate with its private key, for TLS; required at any address but this machine's own.</summary>
    public X509Certificate2? Certificate { get; init; }
}
