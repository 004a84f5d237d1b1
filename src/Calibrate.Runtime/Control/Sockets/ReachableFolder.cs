using System.Text;

namespace Calibrate.Runtime.Control.Sockets;

/// <summary>
/// A folder under a name that is short enough for socket addresses. <c>sockaddr_un</c> has room for 108 bytes on Linux and 104 elsewhere, and runs live in
/// folders as deep as their users like. A longer one is reached through a link in a temporary folder that only this user can enter; the system follows it once, when
/// it binds or connects, so it is gone again right after that.
/// </summary>
internal sealed class ReachableFolder : IDisposable
{
    /// <summary>The longest address, in bytes, without the closing zero: that of macOS.</summary>
    public const int MostBytes = 103;

    private const string LinkName = "f";

    private readonly string? temporary;

    private ReachableFolder(string path, string? temporary)
    {
        Path = path;
        this.temporary = temporary;
    }

    /// <summary>The folder's name, or a short one for it.</summary>
    public string Path { get; }

    /// <summary>Makes a folder reachable.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="file">Name of the socket in it.</param>
    /// <exception cref="IOException">No link can be made.</exception>
    public static ReachableFolder Of(string folder, string file)
    {
        var full = System.IO.Path.GetFullPath(folder);
        if (Encoding.UTF8.GetByteCount(System.IO.Path.Combine(full, file)) <= MostBytes)
        {
            return new ReachableFolder(full, null);
        }

        var linkFolder = Directory.CreateTempSubdirectory("calibrate-").FullName;
        var reachable = new ReachableFolder(System.IO.Path.Combine(linkFolder, LinkName), linkFolder);
        try
        {
            Directory.CreateSymbolicLink(reachable.Path, full);
            return reachable;
        }
        catch
        {
            reachable.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (temporary is null)
        {
            return;
        }

        try
        {
            // The link alone: a folder is never deleted through it.
            File.Delete(Path);
            Directory.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It holds nothing; the system clears temporary folders.
            _ = exception;
        }
    }
}
