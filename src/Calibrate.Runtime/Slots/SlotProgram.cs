using System.Reflection;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// The program that a process slot starts as its child. It must end up in <see cref="Child.SlotServer.Run"/> with the same models as the parent:
/// <c>calibrate slot</c> does, and so does every program that is the command line with models of its own.
/// </summary>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record SlotProgram(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The command that makes a process a slot.</summary>
    public const string Command = "slot";

    /// <summary>This process's own program, started as <c>dotnet program.dll</c> if this process was.</summary>
    /// <exception cref="RunException">The program of this process is not known.</exception>
    public static SlotProgram OfThisProcess() => Of(Environment.ProcessPath, Assembly.GetEntryAssembly()?.Location);

    internal static SlotProgram Of(string? processPath, string? entryAssembly)
    {
        if (string.IsNullOrEmpty(processPath))
        {
            throw new RunException("Evaluations cannot run in processes of their own: the program of this process is not known. Use execution.isolation: thread.");
        }

        return string.Equals(Path.GetFileNameWithoutExtension(processPath), "dotnet", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(entryAssembly)
            ? new SlotProgram(processPath, [entryAssembly, Command])
            : new SlotProgram(processPath, [Command]);
    }
}
