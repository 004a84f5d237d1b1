using System.Net.Sockets;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Control.Sockets;

/// <summary>Makes runs reachable by processes of the same user on the same machine: a socket <c>control.sock</c> in the run's folder.</summary>
/// <param name="runsFolder">The folder of runs; runs in a database have their sockets there too.</param>
/// <param name="clock">Bounds how long clients may take.</param>
/// <param name="log">Takes a line when a run cannot be made reachable.</param>
public sealed class SocketControlEndpoint(string runsFolder, TimeProvider clock, Action<string> log) : IControlEndpoint
{
    // Those who wait to be accepted.
    private const int Backlog = 32;

    /// <summary>Removes what a killed coordinator left in a run's folder. For whoever made sure that nobody drives the run.</summary>
    /// <param name="runsFolder">The folder of runs.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void RemoveStale(string runsFolder, RunId run)
    {
        var path = ControlSocketFile.PathOf(runsFolder, run);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    /// <inheritdoc/>
    public Task<IAsyncDisposable?> OpenAsync(RunId run, ControlAnswer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Task.FromResult<IAsyncDisposable?>(OperatingSystem.IsWindows() ? null : Open(run, answer));
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private ControlServer? Open(RunId run, ControlAnswer answer)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            var file = ControlSocketFile.Bind(socket, runsFolder, run);
            socket.Listen(Backlog);
            return new ControlServer(run, socket, file, answer, clock);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SocketException or ArgumentException)
        {
            socket.Dispose();
            log($"Run '{run}' cannot be paused or asked while it goes on: {ControlSocketFile.PathOf(runsFolder, run)} cannot be made ({exception.Message}).");
            return null;
        }
    }
}
