using System.CommandLine;
using Calibrate.Cli.Output;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate runs status|pause|resume|extend|stop RUN</c>: ask and tell the process that drives a run.</summary>
internal static class RunsControlCommands
{
    // A run that was told to stop lets go of its journal after it has answered.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    public static void AddTo(Command runs, Terminal terminal, TimeProvider clock)
    {
        runs.Add(Status(terminal, clock));
        runs.Add(Tell(
            terminal,
            clock,
            "pause",
            "Let a running process pause its run: it stays, evaluates nothing more, and waits for runs resume.",
            new ControlRequest.Pause()));
        runs.Add(Tell(terminal, clock, "resume", "Let a process go on with the run that runs pause paused.", new ControlRequest.Resume()));
        runs.Add(Extend(terminal, clock));
        runs.Add(Stop(terminal, clock));
    }

    private static ExampledCommand Status(Terminal terminal, TimeProvider clock)
    {
        var route = new ControlRoute();
        var name = RunName.Argument(route.Location);
        var json = JsonOption.Create();
        var command = new ExampledCommand(
            "status",
            "Show how a run fares that a process drives now: speed, time left, nodes and slots, failures.",
            "calibrate runs status two-layer",
            "calibrate runs status two-layer --json")
        {
            name, json,
        };
        AddPlaces(command, route);
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            var reply = await route.SendAsync(parsed, clock, run, new ControlRequest.Status(), cancellation);
            if (reply is not { IsDone: true, Status: { } status })
            {
                throw new UserException(reply.Message, ExitCode.Failed);
            }

            if (parsed.GetValue(json))
            {
                await terminal.Output.WriteLineAsync(ControlJson.Write(status));
            }
            else
            {
                StatusOutput.Write(terminal, status);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static ExampledCommand Tell(Terminal terminal, TimeProvider clock, string word, string description, ControlRequest request)
    {
        var route = new ControlRoute();
        var name = RunName.Argument(route.Location);
        var command = new ExampledCommand(word, description, $"calibrate runs {word} two-layer") { name };
        AddPlaces(command, route);
        command.SetAction(async (parsed, cancellation) =>
            await SendAsync(terminal, clock, route, parsed, RunName.Parse(parsed.GetRequiredValue(name)), request, cancellation));
        return command;
    }

    private static ExampledCommand Extend(Terminal terminal, TimeProvider clock)
    {
        var route = new ControlRoute();
        var name = RunName.Argument(route.Location);
        var iterations = new Option<int>("--iterations")
        {
            Description = "The new total of iterations per ensemble, warm-up included.",
            HelpName = "N",
            Required = true,
        };
        var command = new ExampledCommand(
            "extend", "Let a run go further than it was to, while a process drives it.", "calibrate runs extend two-layer --iterations 50000") { name, iterations };
        AddPlaces(command, route);
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            var total = parsed.GetValue(iterations);
            return total < 1
                ? throw new UserException($"--iterations must be at least 1; {total} was given.")
                : await SendAsync(terminal, clock, route, parsed, run, new ControlRequest.Extend(total), cancellation);
        });
        return command;
    }

    private static ExampledCommand Stop(Terminal terminal, TimeProvider clock)
    {
        var route = new ControlRoute();
        var name = RunName.Argument(route.Location);
        var command = new ExampledCommand(
            "stop", "End the process that drives a run, as Ctrl-C there does; calibrate resume goes on later.", "calibrate runs stop two-layer") { name };
        AddPlaces(command, route);
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            var code = await SendAsync(terminal, clock, route, parsed, run, new ControlRequest.Stop(), cancellation);
            await EndAsync(route, parsed, clock, run, cancellation);
            return code;
        });
        return command;
    }

    private static void AddPlaces(Command command, ControlRoute route)
    {
        command.Add(route.Location.RunsFolder);
        command.Add(route.Location.Journal);
        route.Broker.AddTo(command);
    }

    private static async Task<int> SendAsync(
        Terminal terminal, TimeProvider clock, ControlRoute route, ParseResult parsed, RunId run, ControlRequest request, CancellationToken cancellation)
    {
        var reply = await route.SendAsync(parsed, clock, run, request, cancellation);
        if (!reply.IsDone)
        {
            throw new UserException(reply.Message, ExitCode.Failed);
        }

        await terminal.Error.WriteLineAsync(reply.Message);
        return ExitCode.Done;
    }

    // Whoever goes on with the run right after this must not find it in use.
    private static async Task EndAsync(ControlRoute route, ParseResult parsed, TimeProvider clock, RunId run, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        while (clock.GetElapsedTime(start) < StopPatience
            && await route.AskAsync(parsed, clock, run, new ControlRequest.Status(), cancellation) is { Result: ControlResult.Done, Status.Status: not LiveStatus.Running })
        {
            await Task.Delay(AskAgain, clock, cancellation);
        }
    }
}
