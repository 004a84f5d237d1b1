using System.Globalization;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Workers;

/// <summary>Makes the name of a worker process, which no other process ever has.</summary>
internal static class WorkerName
{
    private const int LongestHost = 48;

    /// <summary>Host, process and start in a form that is safe in queue names.</summary>
    public static WorkerId Of(string host, int process, DateTimeOffset start)
    {
        var safe = string.Concat(host.Take(LongestHost).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));
        return new WorkerId(string.Create(CultureInfo.InvariantCulture, $"{(safe.Length > 0 ? safe : "host")}-{process}-{start.ToUnixTimeMilliseconds():x}"));
    }
}
