using Calibrate.Problems.Data;

namespace Calibrate.Problems.Files;

/// <summary>The data files of a bundle; nothing on this machine's disks is read.</summary>
/// <param name="bundle">The bundle.</param>
public sealed class BundledFiles(ProblemBundle bundle) : RememberedFiles
{
    /// <inheritdoc/>
    public override bool Has(string path) => bundle.Files.ContainsKey(path);

    /// <inheritdoc/>
    protected override ReadOnlyMemory<byte> ReadBytes(string path) => bundle.Files.TryGetValue(path, out ReadOnlyMemory<byte> bytes)
        ? bytes
        : throw new DataFileException(path, 0, 0, "a file that did not come with the problem", "one that was read when the problem was loaded");
}
