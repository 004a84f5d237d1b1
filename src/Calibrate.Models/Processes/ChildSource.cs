using Calibrate.Problems.Models;

namespace Calibrate.Models.Processes;

/// <summary>
/// Gives the slots of one model their children. The child that answered when the problem was loaded waits a while for the first slot, which then
/// need not start another. Safe for use by many threads.
/// </summary>
/// <param name="program">The program.</param>
internal sealed class ChildSource(ProcessProgram program)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // A problem that is only looked at, as by a list of runs, must not keep a program running.
    private static readonly TimeSpan SpareTime = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private ModelReport? expected;
    private ModelChild? spare;
    private ITimer? expiry;

    /// <summary>The program.</summary>
    public ProcessProgram Program => program;

    /// <summary>Starts the first child, which stays for the first slot.</summary>
    /// <returns>What the program says about itself.</returns>
    /// <exception cref="ChildStartException">It did not come to life.</exception>
    /// <exception cref="ModelRefusalException">It cannot work with the problem's parameters or outputs.</exception>
    public ModelReport Introduce()
    {
        ModelChild child = ModelChild.Start(program);
        expected = child.Report;
        spare = child;
        expiry = program.Clock.CreateTimer(_ => TakeSpare()?.Dispose(), null, SpareTime, Timeout.InfiniteTimeSpan);
        AppDomain.CurrentDomain.ProcessExit += DiscardSpare;
        return child.Report;
    }

    /// <summary>Goes by what the program said when it was started for the same problem before; every child must say the same.</summary>
    public void Remember(ModelReport report) => expected = report;

    /// <summary>A child that was introduced and can be asked. Tries again after growing pauses when one does not start.</summary>
    /// <exception cref="ModelUnavailableException">None starts, or the program is not the one that the problem was loaded with.</exception>
    public ModelChild Next()
    {
        if (TakeSpare() is { } waiting)
        {
            if (waiting.IsAlive)
            {
                return waiting;
            }

            waiting.Dispose();
        }

        for (int failures = 1; ; failures++)
        {
            try
            {
                return Checked(ModelChild.Start(program));
            }
            catch (ModelRefusalException refusal)
            {
                throw new ModelUnavailableException($"The model '{program.Text}' refuses to work: {refusal.Message}", refusal);
            }
            catch (ChildStartException exception) when (failures >= program.Restarts)
            {
                throw new ModelUnavailableException(exception.Message, exception);
            }
            catch (ChildStartException)
            {
                Pause(failures);
            }
        }
    }

    private ModelChild? TakeSpare()
    {
        lock (gate)
        {
            ModelChild? taken = spare;
            if (taken is not null)
            {
                spare = null;
                expiry?.Dispose();
                AppDomain.CurrentDomain.ProcessExit -= DiscardSpare;
            }

            return taken;
        }
    }

    private void DiscardSpare(object? sender, EventArgs arguments) => TakeSpare()?.Discard();

    // A program that was replaced while the run goes on would mix two models in one chain.
    private ModelChild Checked(ModelChild child)
    {
        string? difference;
        lock (gate)
        {
            difference = Difference(child.Report, expected);
            if (difference is null)
            {
                expected = child.Report;
                return child;
            }
        }

        child.Discard();
        throw new ModelUnavailableException($"The model '{program.Text}' {difference}");
    }

    private string? Difference(ModelReport now, ModelReport? before)
    {
        if (before is null)
        {
            return now.IsLogDensity || !Same(now.Outputs, program.Outputs)
                ? $"does not have the outputs that the problem says: it reports {Text(now)}, the problem has {Text(program.Outputs)}. Correct model.outputs, or leave it out."
                : null;
        }

        return now.Model == before.Model && now.Version == before.Version && now.IsLogDensity == before.IsLogDensity && Same(now.Outputs, before.Outputs)
            ? null
            : $"is another one than before: it reports {now.Model} {now.Version} with {Text(now)}, and reported {before.Model} {before.Version} with {Text(before)}.";
    }

    private static bool Same(IReadOnlyList<OutputSignature> one, IReadOnlyList<OutputSignature> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => pair.First.Name == pair.Second.Name
            && (pair.First.Axis ?? []).SequenceEqual(pair.Second.Axis ?? []) && pair.First.Axis is null == pair.Second.Axis is null);

    private static string Text(ModelReport report) => report.IsLogDensity ? "a log density" : Text(report.Outputs);

    private static string Text(IReadOnlyList<OutputSignature> outputs) =>
        string.Join(", ", outputs.Select(output => output.Axis is { } axis
            ? FormattableString.Invariant($"{output.Name} ({axis.Count} values from {axis[0]} to {axis[^1]})")
            : $"{output.Name} (scalar)"));

    private void Pause(int failures)
    {
        TimeSpan pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures - 1, 16)));
        using ManualResetEventSlim over = new();
        using ITimer timer = program.Clock.CreateTimer(_ => over.Set(), null, pause, Timeout.InfiniteTimeSpan);
        over.Wait();
    }
}
