using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Calibrate.Runtime.Slots.Child;

/// <summary>
/// Takes the standard input and output away from whatever else runs in this process: a model that prints must not end up between two frames, and
/// one that reads must not swallow any.
/// </summary>
internal static partial class StandardStreams
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int FirstFree = 3;
    private const int ReadOnly = 0;
    private const int DuplicateClosedOnExecute = 1030;
    private const int DuplicateClosedOnExecuteMac = 67;
    private const int WindowsStandardOutput = -11;
    private const int WindowsStandardError = -12;

    /// <summary>The connection to the parent. From here on, prints go to the standard error, and there is nothing to read.</summary>
    public static (Stream Input, Stream Output) Take()
    {
        var streams = OperatingSystem.IsWindows() ? TakeHandles() : TakeDescriptors();
        Console.SetIn(TextReader.Null);
        Console.SetOut(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });
        return streams;
    }

    // Native code prints to descriptor 1 without asking .NET; programs that the model starts must inherit neither end of the connection.
    private static (Stream Input, Stream Output) TakeDescriptors()
    {
        var duplicate = OperatingSystem.IsMacOS() ? DuplicateClosedOnExecuteMac : DuplicateClosedOnExecute;
        var input = Checked(Control(StandardInput, duplicate, FirstFree), "duplicate the standard input");
        var output = Checked(Control(StandardOutput, duplicate, FirstFree), "duplicate the standard output");
        var nothing = Checked(Open("/dev/null", ReadOnly), "open /dev/null");
        Checked(Replace(nothing, StandardInput), "replace the standard input");
        Checked(Replace(StandardError, StandardOutput), "replace the standard output");
        _ = Close(nothing);
        return (Wrap(input, FileAccess.Read), Wrap(output, FileAccess.Write));
    }

    private static (Stream Input, Stream Output) TakeHandles()
    {
        var streams = (Console.OpenStandardInput(), Console.OpenStandardOutput());
        _ = SetStdHandle(WindowsStandardOutput, GetStdHandle(WindowsStandardError));
        return streams;
    }

    private static FileStream Wrap(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);

    private static int Checked(int result, string what) => result >= 0
        ? result
        : throw new IOException($"A process for evaluations cannot {what}: error {Marshal.GetLastPInvokeError()}.");

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Replace(int descriptor, int replaced);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetStdHandle(int which, nint handle);
}
