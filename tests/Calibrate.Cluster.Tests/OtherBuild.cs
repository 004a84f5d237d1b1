using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Calibrate.Cluster.Tests;

/// <summary>A copy of the program whose models were compiled from something else: the compiler's identity of one assembly is another one.</summary>
internal static class OtherBuild
{
    /// <summary>Makes the copy and returns its program file.</summary>
    public static string In(string folder)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, "other-build")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => !file.EndsWith(".pdb", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(place, Path.GetFileName(file)));
        }

        foreach (var native in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "runtimes"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(place, Path.GetRelativePath(AppContext.BaseDirectory, native));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(native, copy);
        }

        ChangeIdentity(Path.Combine(place, "Calibrate.Models.dll"));
        return Path.Combine(place, "Calibrate.TestHost.dll");
    }

    private static void ChangeIdentity(string assembly)
    {
        var bytes = File.ReadAllBytes(assembly);
        var at = bytes.AsSpan().IndexOf(IdentityOf(bytes).ToByteArray());
        bytes[at] ^= 1;
        File.WriteAllBytes(assembly, bytes);
    }

    private static Guid IdentityOf(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        var metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }
}
