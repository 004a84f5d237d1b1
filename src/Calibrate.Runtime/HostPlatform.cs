using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Calibrate.Runtime;

/// <summary>
/// Everything about a machine that can change the last bit of a floating-point result. Switching FMA off alone changes 0.07 % of the
/// results of <see cref="Math.Exp"/>, so a chain is only promised to be the same where all of these are the same.
/// </summary>
/// <param name="OperatingSystem">Family of the operating system: <c>linux</c>, <c>windows</c>, <c>macos</c>, or its own name.</param>
/// <param name="Architecture">Instruction set of this process, for example <c>X64</c>.</param>
/// <param name="Runtime">Version of .NET, for example <c>.NET 10.0.1</c>.</param>
/// <param name="VectorLevel">Widest vector instructions in use, and whether fused multiply-add is.</param>
/// <param name="CLibrary">The C library whose mathematical functions are called, with its version where it can be told.</param>
public sealed record HostPlatform(string OperatingSystem, string Architecture, string Runtime, string VectorLevel, string CLibrary)
{
    /// <summary>The platform of this process.</summary>
    public static HostPlatform Current { get; } = Detect();

    /// <summary>The differences from another platform, one line each, for the user.</summary>
    /// <param name="other">The platform to compare with.</param>
    /// <param name="whereThis">Where this platform is, as it reads in the text.</param>
    /// <param name="whereOther">Where the other one is.</param>
    public IReadOnlyList<string> DifferencesFrom(HostPlatform other, string whereThis = "in the journal", string whereOther = "here")
    {
        ArgumentNullException.ThrowIfNull(other);
        List<string> differences = [];
        Compare("operating system", OperatingSystem, other.OperatingSystem);
        Compare("architecture", Architecture, other.Architecture);
        Compare(".NET runtime", Runtime, other.Runtime);
        Compare("vector instructions", VectorLevel, other.VectorLevel);
        Compare("C library", CLibrary, other.CLibrary);
        return differences;

        void Compare(string name, string one, string another)
        {
            if (!string.Equals(one, another, StringComparison.Ordinal))
            {
                differences.Add($"{name}: {one} {whereThis}, {another} {whereOther}");
            }
        }
    }

    private static HostPlatform Detect() => new(
        System.OperatingSystem.IsLinux() ? "linux"
            : System.OperatingSystem.IsWindows() ? "windows"
            : System.OperatingSystem.IsMacOS() ? "macos"
            : RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString(),
        RuntimeInformation.FrameworkDescription,
        DetectVectorLevel(),
        DetectCLibrary());

    private static string DetectVectorLevel()
    {
        var width = Vector512.IsHardwareAccelerated ? "512"
            : Vector256.IsHardwareAccelerated ? "256"
            : Vector128.IsHardwareAccelerated ? "128" : "none";
        var fma = Fma.IsSupported || AdvSimd.Arm64.IsSupported ? "with FMA" : "without FMA";
        return $"{width} bits {fma}";
    }

    private static string DetectCLibrary()
    {
        if (!System.OperatingSystem.IsLinux())
        {
            return "system";
        }

        try
        {
            return $"glibc {Marshal.PtrToStringUTF8(GlibcVersion())}";
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return "not glibc";
        }
    }

    [DllImport("libc", EntryPoint = "gnu_get_libc_version")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint GlibcVersion();
}
