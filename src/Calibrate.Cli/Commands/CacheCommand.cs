using System.CommandLine;
using Calibrate.Cli.Output;
using Calibrate.Journal.Sqlite;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate cache ...</c>: the evaluations that stand beside the runs for <c>execution.cache</c>.</summary>
internal static class CacheCommand
{
    public static Command Create(Terminal terminal) => new("cache", "Show and clear the cache of evaluations.") { Show(terminal), Clear(terminal) };

    private static ExampledCommand Show(Terminal terminal)
    {
        var location = new JournalLocation();
        var json = JsonOption.Create();
        var command = new ExampledCommand("show", "Show where the cache is and what it holds of which model.", "calibrate cache show") { location.RunsFolder, json };
        command.SetAction(parsed =>
        {
            var cache = new EvaluationCacheFile(location.Folder(parsed));
            var models = cache.ReadModels();
            if (parsed.GetValue(json))
            {
                CacheOutput.WriteJson(terminal.Output, cache, models);
            }
            else
            {
                CacheOutput.WriteTable(terminal, cache, models);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ExampledCommand Clear(Terminal terminal)
    {
        var location = new JournalLocation();
        var command = new ExampledCommand("clear", "Forget every evaluation in the cache; runs keep theirs.", "calibrate cache clear") { location.RunsFolder };
        command.SetAction(parsed =>
        {
            var cache = new EvaluationCacheFile(location.Folder(parsed));
            var before = cache.Bytes;
            cache.Clear();
            terminal.Error.WriteLine(before == 0 ? $"There is no evaluation cache '{cache.Path}'." : $"Cleared '{cache.Path}', {Figures.Megabytes(before)}.");
            return ExitCode.Done;
        });
        return command;
    }
}
