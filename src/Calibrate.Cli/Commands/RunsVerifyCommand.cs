using System.CommandLine;
using System.Security.Cryptography;
using Calibrate.Cli.Output;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate runs verify RUN</c>: is this journal what was written, and does the model still say the same?</summary>
internal static class RunsVerifyCommand
{
    public static Command Create(Terminal terminal, IModelCatalog models)
    {
        var location = new JournalLocation();
        var name = RunName.Argument(location);
        var sample = new Option<int>("--sample")
        {
            Description = "Journaled points to evaluate again.",
            DefaultValueFactory = _ => RunVerifier.DefaultSample,
            HelpName = "N",
        };
        var command = new ExampledCommand(
            "verify",
            "Check every event's seal, and evaluate a random sample of accepted points again.",
            "calibrate runs verify two-layer",
            "calibrate runs verify two-layer --sample 10000")
        {
            name, sample, location.RunsFolder, location.Journal,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var run = RunName.Parse(parsed.GetRequiredValue(name));
            await using var journal = location.Open(parsed);
            var problem = await StoredProblem.LoadAsStartedAsync(journal, run, models, cancellation);

            // Other points every time: verifying again checks more.
            var points = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            var found = await RunVerifier.VerifyAsync(journal, run, problem, parsed.GetValue(sample), points, cancellation);
            foreach (var wrong in found.Problems)
            {
                await terminal.Error.WriteLineAsync(wrong);
            }

            await terminal.Output.WriteLineAsync(
                $"{(found.Intact ? "Intact" : "NOT INTACT")}: {Figures.Count(found.Journal.Events)} events, {found.Journal.Snapshots} snapshots, "
                + $"{Figures.Count(found.Evaluated)} points evaluated again, chain hash {(found.ChainHash.Length > 0 ? found.ChainHash : "unknown")}"
                + (found.Iteration >= 0 ? $" at iteration {Figures.Count(found.Iteration)}" : ""));
            return found.Intact ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }
}
