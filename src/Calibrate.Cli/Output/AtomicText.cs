using System.Globalization;
using System.Text;

namespace Calibrate.Cli.Output;

/// <summary>Writes text files that appear, or replace an older one, only when they are complete.</summary>
internal static class AtomicText
{
    public static void Write(string path, Action<TextWriter> write)
    {
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.tmp");
        try
        {
            using (var writer = new StreamWriter(unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                write(writer);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be written: {exception.Message}", ExitCode.Failed);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
