namespace Calibrate.Models.Processes;

/// <summary>
/// The folder of one child under the system's temporary files: <c>work</c>, where it starts, and its log. Removed with the child; what a killed
/// parent left behind is removed by whoever makes the next one.
/// </summary>
internal sealed class ChildFolder : IDisposable
{
    private const string Prefix = "calibrate-model-";
    private const string Lock = "lock";
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);
    private static int swept;

    private readonly string root;
    private readonly FileStream owner;

    private ChildFolder(string root, FileStream owner)
    {
        this.root = root;
        this.owner = owner;
        Work = Path.Combine(root, "work");
        ErrorLog = Path.Combine(root, "stderr.log");
    }

    /// <summary>Where the program starts.</summary>
    public string Work { get; }

    /// <summary>What it writes to its standard error.</summary>
    public string ErrorLog { get; }

    /// <summary>Makes a folder with the program's files in it.</summary>
    /// <param name="program">The program.</param>
    /// <exception cref="IOException">The disk is full, or a path of a file is impossible.</exception>
    public static ChildFolder Create(ProcessProgram program)
    {
        if (Interlocked.Exchange(ref swept, 1) == 0)
        {
            RemoveAbandoned(Path.GetTempPath(), program.Clock.GetUtcNow().UtcDateTime - Settled);
        }

        string made = Directory.CreateTempSubdirectory(Prefix).FullName;
        ChildFolder folder = new(made, new FileStream(Path.Combine(made, Lock), FileMode.Create, FileAccess.Write, FileShare.None));
        try
        {
            Directory.CreateDirectory(folder.Work);
            foreach ((string path, ReadOnlyMemory<byte> bytes) in program.Files)
            {
                folder.Place(path, bytes.Span, executable: path == program.Command[0]);
            }

            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Removes the folder, as far as the system lets it.</summary>
    public void Dispose()
    {
        owner.Dispose();
        Remove(root);
    }

    /// <summary>Removes folders whose owner has died.</summary>
    /// <param name="parent">Where they lie.</param>
    /// <param name="before">Younger ones may be in the making.</param>
    internal static void RemoveAbandoned(string parent, DateTime before)
    {
        foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                if (Directory.GetCreationTimeUtc(folder) < before)
                {
                    // The system releases the lock of a process that dies, however it does.
                    using (new FileStream(Path.Combine(folder, Lock), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None))
                    {
                    }

                    Remove(folder);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // somebody's, or somebody else's
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // left to the system, which empties its temporary folder one day
        }
    }

    private void Place(string path, ReadOnlySpan<byte> bytes, bool executable)
    {
        // The problem's own folder refuses such paths; a problem that was sent here has none.
        string full = Path.GetFullPath(Path.Combine(Work, path));
        if (!full.StartsWith(Work + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new IOException($"the path {path} leaves the folder");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        if (!OperatingSystem.IsWindows() && (executable || IsProgram(bytes)))
        {
            File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // Scripts and compiled programs, which a model may start: permissions do not travel with a problem.
    private static bool IsProgram(ReadOnlySpan<byte> bytes) => bytes.StartsWith("#!"u8) || bytes.StartsWith("\u007fELF"u8);
}
