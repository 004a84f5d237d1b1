using System.Runtime.InteropServices;
using System.Text;
using Calibrate.Runtime;

namespace Calibrate.Reports.Exports.Native;

/// <summary>A C library of this machine, loaded by the first of several names under which systems have it.</summary>
internal sealed partial class SharedLibrary
{
    private readonly nint handle;
    private readonly string what;

    private SharedLibrary(nint handle, string what)
    {
        this.handle = handle;
        this.what = what;
    }

    /// <summary>
    /// Neither libnetcdf nor libhdf5 may be called by two threads at a time, and the first calls the second: one lock around every call of both.
    /// </summary>
    public static Lock Gate { get; } = new();

    /// <summary>Loads a library.</summary>
    /// <param name="need">What it is, who needs it, and how to install it.</param>
    /// <param name="named">A file to load and nothing else; null to look under the usual names.</param>
    /// <exception cref="RunRefusedException">It is not there; the message says how to install it.</exception>
    public static SharedLibrary Load(LibraryNeed need, string? named = null)
    {
        LeaveFilesUnlocked();
        IReadOnlyList<string> names = string.IsNullOrEmpty(named) ? need.Names : [named];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return new SharedLibrary(handle, need.Library);
            }
        }

        throw new RunRefusedException(
            $"""
             {need.Purpose} needs the library {need.Library}, which is not installed (looked for {string.Join(", ", names)}). To install it:
               Debian, Ubuntu  sudo apt install {need.Debian}
               Fedora          sudo dnf install {need.Fedora}
               macOS           brew install {need.Homebrew}
             One that lies elsewhere is used when the environment variable {need.Variable} names its file. Formats that need no library: .csv, .cmdstan.csv, .txt, .npy, .npz.
             """);
    }

    /// <summary>The address of a function or variable.</summary>
    /// <exception cref="RunRefusedException">The library has none of this name.</exception>
    public nint AddressOf(string symbol) => NativeLibrary.TryGetExport(handle, symbol, out var address)
        ? address
        : throw new RunRefusedException($"The library {what} of this machine is not one that Calibrate can use: it has no '{symbol}'.");

    // HDF5 locks the files that it has open. Ours are temporary ones that nobody else knows, and a child process that is started meanwhile, for a model
    // say, would inherit the lock and keep the finished file from its readers. Whoever has set the variable has the last word. It is set in the C
    // library: that of .NET is a copy which C does not see.
    private static void LeaveFilesUnlocked()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironmentVariable("HDF5_USE_FILE_LOCKING", "FALSE", 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);

    /// <summary>Text as C takes it: UTF-8, with a zero at the end.</summary>
    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + "\0");
}

/// <summary>A library that a format needs.</summary>
/// <param name="Library">Its name.</param>
/// <param name="Purpose">What needs it, as the beginning of a sentence.</param>
/// <param name="Variable">The environment variable that names another file.</param>
/// <param name="Debian">Debian's package.</param>
/// <param name="Fedora">Fedora's package.</param>
/// <param name="Homebrew">Homebrew's package.</param>
/// <param name="Names">File names to try, in this order.</param>
internal sealed record LibraryNeed(
    string Library, string Purpose, string Variable, string Debian, string Fedora, string Homebrew, IReadOnlyList<string> Names);
