using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Calibrate.Dashboard.Security;

/// <summary>
/// Under which names a dashboard answers. A page from elsewhere may give its own name this machine's address (DNS rebinding), and the browser would
/// take both for one: so a request must name a host that only this machine can have.
/// </summary>
public sealed class HostRule
{
    private readonly Func<string, bool> knows;

    private HostRule(Func<string, bool> knows) => this.knows = knows;

    /// <summary>Only this machine's own names: <c>localhost</c>, <c>127.0.0.1</c>, <c>[::1]</c>.</summary>
    public static HostRule Loopback { get; } = new(IsLoopback);

    /// <summary>The names and addresses that a certificate vouches for.</summary>
    /// <param name="certificate">The server's certificate.</param>
    public static HostRule Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new HostRule(host => IsLoopback(host) || certificate.MatchesHostname(host));
    }

    /// <summary>Whether a request names a host that this dashboard has.</summary>
    /// <param name="host">The request's Host header.</param>
    public bool Allows(HostString host)
    {
        var name = host.HasValue ? host.Host.TrimEnd('.') : "";
        return name.Length is > 0 and <= 253 && knows(name.Trim('[', ']'));
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address) && host.Equals(address.ToString(), StringComparison.OrdinalIgnoreCase));
}
