using System.CommandLine;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary>The name of a run on the command line.</summary>
internal static class RunName
{
    public static Argument<string> Argument(JournalLocation location)
    {
        var argument = PathArgument.Create("RUN", "Name of the run.");
        argument.CompletionSources.Add(context => location.FolderOnly(context.ParseResult) is { } folder && Directory.Exists(folder)
            ? Directory.GetDirectories(folder).Select(d => new System.CommandLine.Completions.CompletionItem(System.IO.Path.GetFileName(d)))
            : []);
        return argument;
    }

    public static RunId Parse(string text) =>
        RunId.TryParse(text, out var run, out var problem) ? run : throw new UserException(problem);

    /// <summary>The default name of a run: the problem file's stem, every character that a name cannot hold replaced by a dash.</summary>
    public static string FromFile(string path)
    {
        var stem = Path.GetFileNameWithoutExtension(path);
        var name = string.Concat(stem.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-'));
        return name.Length > RunId.MaximumLength ? name[..RunId.MaximumLength] : name;
    }
}
