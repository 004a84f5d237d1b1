using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Calibrate.Models.Tests.UmBridge;

/// <summary>
/// A server of one connection at a time and more, that answers what a test tells it to: bytes are written by hand, so that it can misbehave.
/// </summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string, Answer> respond;
    private readonly ConcurrentBag<TcpClient> clients = [];

    public FakeServer(Func<string, string, Answer> respond)
    {
        this.respond = respond;
        listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        _ = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>A port at which nobody listens.</summary>
    public static string NobodyThere()
    {
        using FakeServer closed = new((_, _) => Answer.Json("{}"));
        return closed.Address;
    }

    /// <summary>A model f with inputs [2] and outputs [3, 1] that answers evaluations with <paramref name="evaluate"/>.</summary>
    public static FakeServer Of(Func<string, Answer> evaluate, string outputSizes = "[3, 1]") => new((path, body) => path switch
    {
        "/Info" => Answer.Json("{\"protocolVersion\": 1.0, \"models\": [\"f\"]}"),
        "/ModelInfo" => Answer.Json("{\"support\": {\"Evaluate\": true}}"),
        "/InputSizes" => Answer.Json("{\"inputSizes\": [2]}"),
        "/OutputSizes" => Answer.Json($"{{\"outputSizes\": {outputSizes}}}"),
        _ => evaluate(body),
    });

    public void Dispose()
    {
        listener.Dispose();
        foreach (TcpClient client in clients)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await listener.AcceptTcpClientAsync();
                clients.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        await using NetworkStream stream = client.GetStream();
        byte[] buffer = new byte[1 << 16];
        StringBuilder pending = new();
        while (true)
        {
            string text = pending.ToString();
            int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0 || text.Length < head + 4 + LengthIn(text[..head]))
            {
                int read = await stream.ReadAsync(buffer);
                if (read == 0)
                {
                    return;
                }

                pending.Append(Encoding.Latin1.GetString(buffer, 0, read));
                continue;
            }

            int end = head + 4 + LengthIn(text[..head]);
            Answer answer = respond(text.Split(' ')[1], text[(head + 4)..end]);
            pending.Remove(0, end);
            if (answer.Head is null)
            {
                if (answer.Hold is { } hold)
                {
                    await hold;
                }

                return;
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.Head + answer.Body));
        }
    }

    private static int LengthIn(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
}

/// <summary>What the fake server sends; without a head it breaks the connection off.</summary>
internal sealed record Answer(string? Head, string Body, Task? Hold = null)
{
    public static Answer BrokenOff { get; } = new(null, "");

    public static Answer Json(string body) => Of(200, body, "application/json");

    public static Answer Of(int status, string body, string type = "text/plain", string more = "") => new(
        $"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{more}\r\n", body);

    /// <summary>Says nothing until the task ends.</summary>
    public static Answer Silence(Task until) => new(null, "", until);
}
