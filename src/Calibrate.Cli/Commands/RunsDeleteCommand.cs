using System.CommandLine;
using Calibrate.Runtime.Control.Sockets;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate runs delete RUN</c>: removes a run for good, unless a process is working on it.</summary>
internal static class RunsDeleteCommand
{
    public static Command Create(Terminal terminal, TimeProvider clock)
    {
        var location = new JournalLocation();
        var name = RunName.Argument(location);
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new ExampledCommand("delete", "Delete a run and its journal.", "calibrate runs delete two-layer --yes") { name, yes, location.RunsFolder, location.Journal };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            await using var journal = location.Open(parsed);
            if (!(await journal.ListAsync(cancellation)).Contains(run))
            {
                throw new JournalNotFoundException(run, location.Place(parsed));
            }

            if (!parsed.GetValue(yes) && !Confirmed(terminal, run))
            {
                throw new UserException($"Run '{run}' was not deleted. Add --yes to delete it without being asked.");
            }

            // Holding the run while it is deleted: a process that samples it would otherwise go on into nowhere.
            await (await journal.AcquireAsync(run, AcquireOptions.ForThisProcess(clock), cancellation)).DisposeAsync();
            DeleteReport(location.FolderOnly(parsed), run);
            SocketControlEndpoint.RemoveStale(location.Folder(parsed), run);
            await journal.DeleteAsync(run, cancellation);
            await terminal.Error.WriteLineAsync($"Deleted run '{run}'.");
            return ExitCode.Done;
        });
        return command;
    }

    // The journal's folder goes with the journal only when nothing else is in it.
    private static void DeleteReport(string? runsFolder, RunId run)
    {
        if (runsFolder is not null)
        {
            File.Delete(ReportCommand.DefaultFile(runsFolder, run));
        }
    }

    private static bool Confirmed(Terminal terminal, RunId run)
    {
        if (!terminal.Interactive)
        {
            return false;
        }

        terminal.Error.Write($"Delete run '{run}' and all its draws? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
