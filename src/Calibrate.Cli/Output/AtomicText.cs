using System.Text;
using Calibrate.Reports.Exports;

namespace Calibrate.Cli.Output;

/// <summary>Writes text files that appear, or replace an older one, only when they are complete.</summary>
internal static class AtomicText
{
    public static void Write(string path, Action<TextWriter> write)
    {
        using var files = new PendingFiles();
        try
        {
            using (var writer = new StreamWriter(files.Add(path), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                write(writer);
            }

            files.Commit();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be written: {exception.Message}", ExitCode.Failed);
        }
    }
}
