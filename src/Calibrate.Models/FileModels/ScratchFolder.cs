using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Calibrate.Models.FileModels;

/// <summary>
/// A folder in which one slot runs a command again and again. Before every run it holds the model's files and nothing else: what the last run made is
/// deleted, what it changed is restored, so that no evaluation sees the one before it.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Prefix = "calibrate-files-";
    private readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files;
    private readonly Dictionary<string, (long Length, DateTime Written)> known = new(StringComparer.Ordinal);
    private string? folder;

    /// <summary>Creates nothing yet.</summary>
    /// <param name="files">The model's files by their paths below the folder.</param>
    public ScratchFolder(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) => this.files = files;

    /// <summary>Makes the folder as it is before a run.</summary>
    /// <returns>Its path.</returns>
    public string Prepare()
    {
        if (folder is null)
        {
            SweepAbandoned();
            folder = Directory.CreateTempSubdirectory(OwnPrefix(Environment.ProcessId)).FullName;
            known.Clear();
        }

        DeleteForeign(new DirectoryInfo(folder));
        foreach ((string path, ReadOnlyMemory<byte> bytes) in files)
        {
            FileInfo file = new(Path.Combine(folder, path));
            if (!file.Exists || !known.TryGetValue(path, out (long, DateTime) state) || state != (file.Length, file.LastWriteTimeUtc))
            {
                Write(file, bytes);
                known[path] = (file.Length, file.LastWriteTimeUtc);
            }
        }

        return folder;
    }

    /// <summary>Hands the folder, with all that a run left in it, to somebody else; the next run gets another.</summary>
    public string? Release()
    {
        string? released = folder;
        folder = null;
        return released;
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose()
    {
        if (Release() is { } left)
        {
            Delete(left);
        }
    }

    /// <summary>Deletes a folder; one that cannot be deleted stays.</summary>
    public static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // somebody else's, gone already, or still written to by a process that the command left behind
        }
    }

    private static string OwnPrefix(int process) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.MachineName}-{process}-");

    // A slot that was killed could not tidy up. The machine's name keeps containers that share a folder from taking each other for dead.
    private static void SweepAbandoned()
    {
        string mine = $"{Prefix}{Environment.MachineName}-";
        foreach (string left in Directory.EnumerateDirectories(Path.GetTempPath(), mine + "*"))
        {
            string owner = Path.GetFileName(left)[mine.Length..].Split('-')[0];
            if (int.TryParse(owner, CultureInfo.InvariantCulture, out int process) && !IsAlive(process))
            {
                Delete(left);
            }
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return true;
        }
    }

    private void DeleteForeign(DirectoryInfo root)
    {
        foreach (FileSystemInfo entry in root.EnumerateFileSystemInfos("*", SearchOption.TopDirectoryOnly).ToList())
        {
            string relative = Path.GetRelativePath(folder!, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (entry is DirectoryInfo { LinkTarget: null } below)
            {
                if (files.Keys.Any(path => path.StartsWith(relative + "/", StringComparison.Ordinal)))
                {
                    DeleteForeign(below);
                }
                else
                {
                    below.Delete(recursive: true);
                }
            }
            else if (entry.LinkTarget is not null || !files.ContainsKey(relative))
            {
                entry.Delete();
            }
        }
    }

    private static void Write(FileInfo file, ReadOnlyMemory<byte> bytes)
    {
        if (Directory.Exists(file.FullName))
        {
            Directory.Delete(file.FullName, recursive: true);
        }

        file.Directory!.Create();
        File.WriteAllBytes(file.FullName, bytes.Span);
        if (!OperatingSystem.IsWindows())
        {
            // Whether a file of the problem may be run is lost on the way to another machine.
            File.SetUnixFileMode(file.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        file.Refresh();
    }
}
