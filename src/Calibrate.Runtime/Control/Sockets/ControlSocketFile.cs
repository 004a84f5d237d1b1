using System.Globalization;
using System.Net.Sockets;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Control.Sockets;

/// <summary>
/// The file <c>runs/NAME/control.sock</c> of a listening socket. It appears at once with mode 0600: it is bound in a folder that only this user can enter
/// and moved from there to its place, over what a killed coordinator left behind.
/// </summary>
internal sealed class ControlSocketFile
{
    /// <summary>Name of the socket in the folder of its run.</summary>
    public const string FileName = "control.sock";

    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string path;
    private readonly bool madeFolder;
    private DateTime bound;

    private ControlSocketFile(string path, bool madeFolder)
    {
        this.path = path;
        this.madeFolder = madeFolder;
    }

    /// <summary>Where the socket of a run is.</summary>
    /// <param name="runsFolder">The folder of runs.</param>
    /// <param name="run">The run.</param>
    public static string PathOf(string runsFolder, RunId run) => Path.Combine(Path.GetFullPath(runsFolder), run.Name, FileName);

    /// <summary>Binds a socket to the file of a run; the run's folder is made if need be.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="runsFolder">The folder of runs.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="SocketException">The file system knows no sockets.</exception>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static ControlSocketFile Bind(Socket socket, string runsFolder, RunId run)
    {
        var destination = PathOf(runsFolder, run);
        var folder = Path.GetDirectoryName(destination)!;
        var made = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        var staging = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $".control-{Environment.ProcessId}"));
        Remove(staging);
        Directory.CreateDirectory(staging, OwnersFolder);
        try
        {
            using (var reachable = ReachableFolder.Of(staging, FileName))
            {
                socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(reachable.Path, FileName)));
            }

            var unpublished = Path.Combine(staging, FileName);
            File.SetUnixFileMode(unpublished, OwnersFile);
            var file = new ControlSocketFile(destination, made) { bound = File.GetLastWriteTimeUtc(unpublished) };
            File.Move(unpublished, destination, overwrite: true);
            return file;
        }
        finally
        {
            Remove(staging);
        }
    }

    /// <summary>Removes the file, unless another coordinator took its place over; and the run's folder, if it was made for this file alone.</summary>
    public void Remove()
    {
        try
        {
            if (File.GetLastWriteTimeUtc(path) == bound)
            {
                File.Delete(path);
            }

            var folder = Path.GetDirectoryName(path)!;
            if (madeFolder && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file that nobody listens on says the same as none: nobody drives the run.
            _ = exception;
        }
    }

    private static void Remove(string staging)
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }
    }
}
