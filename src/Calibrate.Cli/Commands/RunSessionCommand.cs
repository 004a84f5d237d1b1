using System.CommandLine;
using Calibrate.Cli.Output;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary>One session of a run, from the request to the summary: what <c>run</c> and <c>resume</c> share.</summary>
internal static class RunSessionCommand
{
    public static async Task<int> ExecuteAsync(
        Terminal terminal,
        TimeProvider clock,
        JournalLocation location,
        SessionOptions options,
        ParseResult parsed,
        RunRequest request,
        CancellationToken cancellation)
    {
        var quiet = parsed.GetValue(options.Verbosity.Quiet);
        await using var journal = location.Open(parsed);
        RunResult result;
        using (var display = ProgressDisplay.For(terminal, quiet, parsed.GetValue(options.Verbosity.Verbose), clock))
        {
            try
            {
                var host = options.Engine.HostOf(parsed, journal, clock, display.Note);
                using var cache = location.OpenCache(parsed, request.Problem, display.Note);
                var control = ControlRoute.Endpoints(location.Folder(parsed), options.Engine.BrokerOf(parsed), clock, display.Note);
                result = await host.RunAsync(request with { Observer = display, Cache = cache, Control = control }, cancellation);
            }
            catch (RunJournalException exception)
            {
                // The runtime does not know how this process was told where the runs are; whoever types what it advises must say so again.
                var resume = $"`calibrate resume {request.Run}";
                throw new UserException(
                    exception.Message.Replace($"{resume}`", $"{resume}{Hint()}`", StringComparison.Ordinal), ExitCode.Failed);
            }
        }

        return result.Outcome switch
        {
            RunOutcome.Completed or RunOutcome.AlreadyCompleted => await SummariseAsync(),
            RunOutcome.Interrupted => Stopped(ExitCode.Interrupted, $"Interrupted after iteration {Math.Max(0, result.Iteration)}; everything complete is in the journal."),
            RunOutcome.Paused => Stopped(ExitCode.Paused, $"Paused after iteration {Math.Max(0, result.Iteration)}: {result.Reason}"),
            RunOutcome.Failed => throw new UserException($"Run '{request.Run}' failed: {result.Reason}", ExitCode.Failed),
            _ => throw new InvalidOperationException($"unknown outcome {result.Outcome}"),
        };

        string Hint() => location.Hint(parsed) + options.Engine.Hint(parsed);

        async Task<int> SummariseAsync()
        {
            var summary = await RunSummaries.MakeAsync(journal, request.Run, request.Problem, cancellationToken: cancellation);
            SummaryOutput.Write(terminal, summary, request.Problem, parsed.GetValue(options.Json), Hint());
            return ExitCode.Done;
        }

        int Stopped(int code, string message)
        {
            terminal.Error.WriteLine(message);
            terminal.Error.WriteLine($"Go on with: calibrate resume {request.Run}{Hint()}");
            return code;
        }
    }
}
