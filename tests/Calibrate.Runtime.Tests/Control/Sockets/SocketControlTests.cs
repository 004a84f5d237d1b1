using System.Net.Sockets;
using System.Text;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Control.Sockets;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Control.Sockets;

/// <summary>Both ends of a socket, and clients that follow no protocol.</summary>
public sealed class SocketControlTests : IDisposable
{
    private static readonly RunId Run = RunId.Parse("two-layer");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string runs = Directory.CreateTempSubdirectory("calibrate-control-").FullName;
    private readonly List<ControlRequest> asked = [];
    private readonly List<string> log = [];

    private string SocketPath => Path.Combine(runs, Run.Name, "control.sock");

    private SocketRunControl Client => new(runs, TimeProvider.System);

    [Fact]
    public async Task Requests_are_answered_and_the_socket_is_gone_at_the_end()
    {
        await using (await OpenAsync())
        {
            var reply = await Client.SendAsync(Run, new ControlRequest.Extend(77));
            Assert.Equivalent(new ControlReply(ControlResult.Done, "done", Snapshots.Full), reply, strict: true);
            Assert.Equal([new ControlRequest.Extend(77)], asked);
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(SocketPath)));
        Assert.Equal(ControlResult.NotRunning, (await Client.SendAsync(Run, new ControlRequest.Status())).Result);
        Assert.Empty(log);
    }

    [Fact]
    public async Task Only_its_owner_may_use_the_socket()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // there are no sockets of this kind
        }

        await using var server = await OpenAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SocketPath));
        Assert.Equal(["control.sock"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(SocketPath)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_socket_of_a_killed_coordinator_means_that_nobody_drives_the_run_and_is_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(Path.Combine(runs, "elsewhere.sock")));
            File.Move(Path.Combine(runs, "elsewhere.sock"), SocketPath);
        }

        Assert.True(File.Exists(SocketPath));
        Assert.Equal(ControlResult.NotRunning, (await Client.SendAsync(Run, new ControlRequest.Status())).Result);
        await using var server = await OpenAsync();
        Assert.True((await Client.SendAsync(Run, new ControlRequest.Status())).IsDone);
    }

    [Fact]
    public async Task Who_takes_a_run_over_takes_its_socket_over_too()
    {
        var loser = await OpenAsync();
        await using var winner = await OpenAsync(_ => new ControlReply(ControlResult.Done, "winner"));
        await loser!.DisposeAsync();
        Assert.Equal("winner", (await Client.SendAsync(Run, new ControlRequest.Status())).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    public async Task Folders_may_be_as_deep_as_they_like(int levels)
    {
        var deep = Path.Combine([runs, .. Enumerable.Repeat("höhle", levels)]);
        await using var server = await new SocketControlEndpoint(deep, TimeProvider.System, log.Add).OpenAsync(Run, Answer);
        Assert.True((await new SocketRunControl(deep, TimeProvider.System).SendAsync(Run, new ControlRequest.Status())).IsDone);
        Assert.Empty(log);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_no_reason_not_to_run()
    {
        File.WriteAllText(Path.Combine(runs, Run.Name), "in the way");
        Assert.Null(await new SocketControlEndpoint(runs, TimeProvider.System, log.Add).OpenAsync(Run, Answer));
        Assert.Contains("cannot be paused or asked while it goes on", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_for_another_run_is_not_carried_out()
    {
        await using var server = await OpenAsync();
        using var client = await ConnectAsync();
        var reply = await ExchangeAsync(client, ControlProtocol.WriteRequest(RunId.Parse("other"), new ControlRequest.Stop()));
        Assert.Equal(ControlResult.NotRunning, reply.Result);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task One_client_may_ask_again_and_again_and_others_are_served_meanwhile()
    {
        await using var server = await OpenAsync();
        using var first = await ConnectAsync();
        using var second = await ConnectAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await ExchangeAsync(first, ControlProtocol.WriteRequest(Run, new ControlRequest.Status()))).IsDone);
            Assert.True((await ExchangeAsync(second, ControlProtocol.WriteRequest(Run, new ControlRequest.Status()))).IsDone);
        }

        Assert.Equal(10, asked.Count);
    }

    [Fact]
    public async Task A_request_may_come_in_pieces_and_two_at_once()
    {
        await using var server = await OpenAsync();
        using var client = await ConnectAsync();
        var line = ControlProtocol.WriteRequest(Run, new ControlRequest.Pause());
        foreach (var piece in line)
        {
            await client.SendAsync(new[] { piece });
        }

        Assert.True((await ReadAsync(client)).IsDone);
        Assert.True((await ExchangeAsync(client, [.. line, .. line])).IsDone);
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public async Task Garbage_is_refused_and_the_client_may_go_on()
    {
        await using var server = await OpenAsync();
        using var client = await ConnectAsync();
        var refused = await ExchangeAsync(client, Encoding.UTF8.GetBytes("GET / HTTP/1.1\n"));
        Assert.Equal(ControlResult.Refused, refused.Result);
        Assert.True((await ExchangeAsync(client, ControlProtocol.WriteRequest(Run, new ControlRequest.Status()))).IsDone);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_and_the_client_let_go()
    {
        await using var server = await OpenAsync();
        using var client = await ConnectAsync();
        var refused = await ExchangeAsync(client, Encoding.UTF8.GetBytes(new string('x', ControlProtocol.MostRequestBytes + 1)));
        Assert.Contains("longer than 4096 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
        Assert.True((await Client.SendAsync(Run, new ControlRequest.Status())).IsDone);
    }

    [Fact]
    public async Task Half_a_request_and_clients_that_never_read_trouble_themselves_only()
    {
        var large = Snapshots.Full with { Nodes = [.. Enumerable.Repeat(Snapshots.Full.Nodes[0], 20_000)] };
        await using var server = await OpenAsync(_ => new ControlReply(ControlResult.Done, "large", large));
        using var half = await ConnectAsync();
        await half.SendAsync("{\"calibrate_control\""u8.ToArray());
        using var deaf = await ConnectAsync();
        await deaf.SendAsync(ControlProtocol.WriteRequest(Run, new ControlRequest.Status())); // some megabytes that nobody takes

        var reply = await Client.SendAsync(Run, new ControlRequest.Status()).WaitAsync(Patience);
        Assert.Equal(20_000, reply.Status!.Nodes.Count);
    }

    [Fact]
    public async Task Clients_beyond_the_most_wait_for_a_place()
    {
        await using var server = await OpenAsync();
        List<Socket> idle = [];
        for (var i = 0; i < ControlServer.MostClients; i++)
        {
            idle.Add(await ConnectAsync());
            await ExchangeAsync(idle[^1], ControlProtocol.WriteRequest(Run, new ControlRequest.Status()));
        }

        var waiting = Client.SendAsync(Run, new ControlRequest.Status());
        Assert.False(waiting.IsCompleted);
        idle[3].Dispose();
        Assert.True((await waiting.WaitAsync(Patience)).IsDone);
        idle.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_coordinator_that_vanishes_while_it_is_asked_is_unreachable()
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        listener.Listen();
        var asking = Client.SendAsync(Run, new ControlRequest.Stop());
        (await listener.AcceptAsync()).Dispose();
        Assert.Equal(ControlResult.Unreachable, (await asking.WaitAsync(Patience)).Result);
    }

    [Fact]
    public async Task Giving_up_is_the_only_thing_that_throws()
    {
        var never = new TaskCompletionSource<ControlReply>();
        await using var server = await new SocketControlEndpoint(runs, TimeProvider.System, log.Add).OpenAsync(Run, (_, _) => never.Task);
        using var giveUp = new CancellationTokenSource();
        var asking = Client.SendAsync(Run, new ControlRequest.Status(), giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        never.SetResult(new ControlReply(ControlResult.Done, ""));
    }

    public void Dispose() => Directory.Delete(runs, recursive: true);

    private Task<IAsyncDisposable?> OpenAsync(Func<ControlRequest, ControlReply>? answer = null) =>
        new SocketControlEndpoint(runs, TimeProvider.System, log.Add).OpenAsync(
            Run, answer is null ? Answer : (request, _) => Task.FromResult(answer(request)));

    private Task<ControlReply> Answer(ControlRequest request, CancellationToken cancellationToken)
    {
        lock (asked)
        {
            asked.Add(request);
        }

        return Task.FromResult(new ControlReply(ControlResult.Done, "done", Snapshots.Full));
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        return client;
    }

    private static async Task<ControlReply> ExchangeAsync(Socket client, byte[] bytes)
    {
        await client.SendAsync(bytes);
        return await ReadAsync(client);
    }

    private static async Task<ControlReply> ReadAsync(Socket client)
    {
        using var patience = new CancellationTokenSource(Patience);
        List<byte> line = [];
        var one = new byte[1];
        while (await client.ReceiveAsync(one, patience.Token) == 1 && one[0] != '\n')
        {
            line.Add(one[0]);
        }

        Assert.True(ControlProtocol.TryReadReply(line.ToArray(), out var reply, out var problem), problem);
        return reply;
    }
}
