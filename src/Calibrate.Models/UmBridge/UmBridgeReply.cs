namespace Calibrate.Models.UmBridge;

/// <summary>A server's answer, read whole into a buffer that its slot uses again and again.</summary>
internal sealed class UmBridgeReply
{
    private byte[] buffer = new byte[4096];
    private int length;

    public ReadOnlySpan<byte> Body => buffer.AsSpan(0, length);

    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    /// <summary>Reads the content to its end; the client that it came from has limited its length.</summary>
    public void Fill(Stream content)
    {
        length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            int read = content.Read(buffer, length, buffer.Length - length);
            if (read == 0)
            {
                return;
            }

            length += read;
        }
    }
}
