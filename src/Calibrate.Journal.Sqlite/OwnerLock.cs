namespace Calibrate.Journal.Sqlite;

/// <summary>
/// The advisory lock that the owner of a run holds as long as its process lives; the operating system lets go of it
/// however the process ends, so a lock that is held means an owner that lives.
/// </summary>
internal sealed class OwnerLock : IDisposable
{
    private readonly FileStream file;

    private OwnerLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or returns null when somebody holds it.</summary>
    public static OwnerLock? TryTake(string path)
    {
        try
        {
            return new OwnerLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>
    /// Takes the lock from a live owner: the held file loses its name and a new one takes its place. Null where the
    /// operating system does not allow that (Windows). Callers hold the database's write lock, so that only one at a
    /// time gets here.
    /// </summary>
    public static OwnerLock? TakeOver(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException)
        {
            return null;
        }

        return TryTake(path);
    }

    /// <summary>Lets go. The file stays: deleting it could take the name from under a new owner.</summary>
    public void Dispose() => file.Dispose();
}
