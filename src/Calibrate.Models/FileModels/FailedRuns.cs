using System.Runtime.InteropServices;
using Calibrate.Problems;

namespace Calibrate.Models.FileModels;

/// <summary>
/// Keeps the folders of the last evaluations that failed, of all slots of a machine together, so that a user can look and no disk fills. Names depend
/// on the model and the parameters alone: the same failure has the same message wherever it happens.
/// </summary>
/// <param name="model">What tells the model's folders from others'.</param>
/// <param name="most">How many stay.</param>
internal sealed class FailedRuns(string model, int most)
{
    private string Prefix => $"calibrate-failed-{model}-";

    /// <summary>Keeps a folder, and deletes the oldest ones beyond the limit.</summary>
    /// <param name="folder">The scratch folder; gone afterwards.</param>
    /// <param name="parameters">The parameters that failed.</param>
    /// <returns>The folder's new name in the folder for temporary files; null when none is kept.</returns>
    public string? Keep(string folder, ReadOnlySpan<double> parameters)
    {
        if (most == 0)
        {
            ScratchFolder.Delete(folder);
            return null;
        }

        string name = Prefix + Fingerprint.Of(MemoryMarshal.AsBytes(parameters)).ToString()[..8];
        string kept = Path.Combine(Path.GetTempPath(), name);
        ScratchFolder.Delete(kept);
        try
        {
            Directory.Move(folder, kept);
            Directory.SetLastWriteTimeUtc(kept, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another slot keeps the same failure at this moment.
            ScratchFolder.Delete(folder);
        }

        foreach (DirectoryInfo old in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(Prefix + "*")
            .Where(f => f.Name != name).OrderByDescending(f => f.LastWriteTimeUtc).Skip(most - 1).ToList())
        {
            ScratchFolder.Delete(old.FullName);
        }

        return name;
    }
}
