using System.Net.Sockets;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Control.Sockets;

/// <summary>Reaches runs that processes of this user drive on this machine, through the sockets in their folders.</summary>
/// <param name="runsFolder">The folder of runs.</param>
/// <param name="clock">Bounds the waiting.</param>
public sealed class SocketRunControl(string runsFolder, TimeProvider clock) : IRunControl
{
    // Longer than the coordinator takes to say that it cannot.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task<ControlReply> SendAsync(RunId run, ControlRequest request, CancellationToken cancellationToken = default)
    {
        var path = ControlSocketFile.PathOf(runsFolder, run);
        if (!File.Exists(path))
        {
            return NobodyDrives(run);
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ExchangeAsync(path, run, request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ControlReply(ControlResult.Unreachable, FormattableString.Invariant(
                $"The process that drives run '{run}' did not answer within {Patience.TotalSeconds} s: it may be stopped, or its disk very slow."));
        }
        catch (SocketException exception)
        {
            return Failed(run, path, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new ControlReply(ControlResult.Unreachable, $"Run '{run}' cannot be asked: {exception.Message}");
        }
    }

    private static async Task<ControlReply> ExchangeAsync(string path, RunId run, ControlRequest request, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (var reachable = ReachableFolder.Of(Path.GetDirectoryName(path)!, ControlSocketFile.FileName))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(reachable.Path, ControlSocketFile.FileName)), cancellationToken);
        }

        ReadOnlyMemory<byte> left = ControlProtocol.WriteRequest(run, request);
        while (!left.IsEmpty)
        {
            left = left[await socket.SendAsync(left, cancellationToken)..];
        }

        return await new LineStream(socket, ControlProtocol.MostReplyBytes).ReadAsync(cancellationToken) is not { } line
            ? new ControlReply(ControlResult.Unreachable, $"The process that drove run '{run}' ended before it answered.")
            : ControlProtocol.TryReadReply(line, out var reply, out var problem)
                ? reply
                : new ControlReply(ControlResult.Unreachable, problem);
    }

    private static ControlReply Failed(RunId run, string path, SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused or SocketError.AddressNotAvailable => NobodyDrives(run),
        SocketError.AccessDenied => new ControlReply(
            ControlResult.Forbidden, $"{path} belongs to another user: only the user who drives run '{run}' may ask or tell it anything."),
        SocketError.ConnectionReset or SocketError.Shutdown => new ControlReply(
            ControlResult.Unreachable, $"The process that drove run '{run}' ended before it answered."),
        _ => new ControlReply(ControlResult.Unreachable, $"Run '{run}' cannot be asked: {exception.Message}."),
    };

    private static ControlReply NobodyDrives(RunId run) => new(ControlResult.NotRunning, $"No process on this machine drives run '{run}'.");
}
