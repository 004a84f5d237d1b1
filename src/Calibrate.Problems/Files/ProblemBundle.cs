namespace Calibrate.Problems.Files;

/// <summary>A problem with everything it reads: enough to build it again in another process or on another machine.</summary>
/// <param name="Source">The problem file's text, its path where it was written, and the overrides.</param>
/// <param name="Files">The bytes of every data file, by the path that the problem gives.</param>
public sealed record ProblemBundle(ProblemSource Source, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files)
{
    /// <summary>Most bytes that all data files of a bundle may have together: 64 MiB.</summary>
    public const long SizeLimit = 64 * 1024 * 1024;

    /// <summary>Bundles a problem that was loaded from a file, with its data files as they were then.</summary>
    /// <param name="problem">The problem.</param>
    /// <exception cref="ProblemException">The problem was built in code, or its data files are too large to be sent around.</exception>
    public static ProblemBundle Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (problem.Source is not { } source)
        {
            throw Refuse(new ProblemError(
                "", $"problem '{problem.Name}', which was built in code", "a problem file: only its text and data can be taken to another process"));
        }

        long size = problem.FilesRead.Values.Sum(bytes => (long)bytes.Length);
        return size <= SizeLimit
            ? new ProblemBundle(source, problem.FilesRead)
            : throw Refuse(new ProblemError(
                "", $"data files of {size / (1024 * 1024)} MiB together", $"at most {SizeLimit / (1024 * 1024)} MiB to take to another process") { File = source.Path });
    }

    private static ProblemException Refuse(ProblemError error) => new([error]);
}
