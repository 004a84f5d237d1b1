using System.CommandLine;
using System.CommandLine.Parsing;
using Calibrate.Cli.Commands;
using Calibrate.Models;
using Calibrate.Problems.Models;

namespace Calibrate.Cli;

/// <summary>The whole command line: parse, run one command, turn every mistake into one message and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line to its end.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="terminal">Where to write.</param>
    /// <param name="cancellation">Asks for a clean stop.</param>
    /// <param name="models">The models that problem files can name; the built-in ones when null.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellation, IModelCatalog? models = null)
    {
        var parsed = Root(terminal, models ?? new BuiltInModels()).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return ReportParseErrors(parsed, terminal);
        }

        // Termination and exceptions are ours: a run needs longer than two seconds to stop cleanly.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = terminal.Output,
            Error = terminal.Error,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await terminal.Error.WriteLineAsync("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (Failures.ExitCodeOf(exception) is { } code)
        {
            await terminal.Error.WriteLineAsync(exception.Message);
            return code;
        }
    }

    /// <summary>The root command with everything below it; also what completion asks.</summary>
    /// <param name="terminal">Where the commands write.</param>
    /// <param name="models">The models that problem files can name.</param>
    public static RootCommand Root(Terminal terminal, IModelCatalog models)
    {
        var root = new RootCommand(
            "Calibrate finds the parameters of a model that observations support: one best fit, or the whole posterior with honest diagnostics.");
        root.Add(RunCommand.Create(terminal, TimeProvider.System, models));
        root.Add(ResumeCommand.Create(terminal, TimeProvider.System, models));
        root.Add(RunsCommand.Create(terminal, TimeProvider.System, models));
        root.Add(RescoreCommand.Create(terminal, models));
        root.Add(CacheCommand.Create(terminal));
        root.Add(CheckCommand.Create(terminal, TimeProvider.System, models));
        root.Add(DiagnoseCommand.Create(terminal));
        root.Add(ReportCommand.Create(terminal, TimeProvider.System, models));
        root.Add(ExportCommand.Create(terminal, TimeProvider.System, models));
        root.Add(ServeModelCommand.Create(terminal, TimeProvider.System, models));
        root.Add(WorkerCommand.Create(terminal, TimeProvider.System, models));
        root.Add(CoordinatorCommand.Create(terminal, TimeProvider.System, models));
        root.Add(ClusterCommand.Create(terminal, TimeProvider.System));
        root.Add(DashboardCommand.Create(terminal, TimeProvider.System, models));
        root.Add(CompletionCommand.Create(terminal));
        root.Add(SlotCommand.Create(models));
        HelpWithExamples.AddTo(root);
        return root;
    }

    private static int ReportParseErrors(ParseResult parsed, Terminal terminal)
    {
        foreach (var error in parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal))
        {
            terminal.Error.WriteLine(error);
        }

        terminal.Error.WriteLine($"See '{NameOf(parsed.CommandResult)} --help'.");
        return ExitCode.BadInput;
    }

    private static string NameOf(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = command; at is not null; at = at.Parent)
        {
            if (at is CommandResult { Command: var named })
            {
                names.Push(named is RootCommand ? "calibrate" : named.Name);
            }
        }

        return string.Join(' ', names);
    }
}
