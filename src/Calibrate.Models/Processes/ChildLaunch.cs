using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Calibrate.Models.Processes;

/// <summary>Starts the programs of models, and ends them with everything that they started.</summary>
internal static partial class ChildLaunch
{
    private const string SlotMarker = "CALIBRATE_SLOT";
    private const string ModelMarker = "CALIBRATE_MODEL";
    private const int KillSignal = 9;

    // A slot that is a process leads a group, which its parent kills as a whole: its models stay in it. Elsewhere a model leads a group of its
    // own: Ctrl-C at a terminal must not reach it, or stopping a run would fail the evaluations under way.
    private static readonly string? GroupStarter = OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable(SlotMarker) is not null
        ? null
        : Array.Find(["/usr/bin/setsid", "/bin/setsid"], File.Exists);

    /// <summary>Starts a program in its folder.</summary>
    /// <exception cref="ChildStartException">There is no such program, or it cannot be started.</exception>
    public static Process Start(ProcessProgram program, ChildFolder folder)
    {
        string path = PathOf(program, folder);
        IEnumerable<string> arguments = program.Command.Skip(1);
        ProcessStartInfo start = GroupStarter is null ? new(path, arguments) : new(GroupStarter, [path, .. arguments]);
        start.WorkingDirectory = folder.Work;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        ScrubbedEnvironment.Scrub(start.Environment);
        start.Environment[ModelMarker] = "1";
        try
        {
            return Process.Start(start) ?? throw new ChildStartException($"The model '{program.Text}' does not start.");
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            throw new ChildStartException($"The model '{program.Text}' does not start: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Kills a program and what it started; it may be dead already.</summary>
    public static void Kill(Process process)
    {
        try
        {
            if (GroupStarter is not null)
            {
                _ = SendSignal(-process.Id, KillSignal);
            }

            process.Kill(entireProcessTree: GroupStarter is null);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // gone already
        }
    }

    // Found here rather than by the system, whose messages would name another program than the user's.
    private static string PathOf(ProcessProgram program, ChildFolder folder)
    {
        string name = program.Command[0];
        if (program.Files.ContainsKey(name))
        {
            return Path.Combine(folder.Work, name);
        }

        IEnumerable<string> candidates = name.Contains('/', StringComparison.Ordinal) || Path.IsPathRooted(name)
            ? [name]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(place => OperatingSystem.IsWindows() ? (string[])[Path.Combine(place, name), Path.Combine(place, name + ".exe")] : [Path.Combine(place, name)]);
        return candidates.FirstOrDefault(candidate => Path.IsPathRooted(candidate) && File.Exists(candidate))
            ?? throw new ChildStartException($"The program '{name}' of the model is neither a file beside the problem nor on the PATH of this machine.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
