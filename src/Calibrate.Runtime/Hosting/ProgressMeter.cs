using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Hosting;

/// <summary>Turns the state of a run into what its user wants to see: speed and time to the end.</summary>
internal sealed class ProgressMeter
{
    private readonly long stepsAtStart;
    private readonly int iterationAtStart;
    private readonly double start;

    public ProgressMeter(RunState state, double now)
    {
        stepsAtStart = state.WalkerSteps;
        iterationAtStart = Math.Max(0, state.CommonIteration);
        start = now;
    }

    public RunProgress Measure(RunState state, double now, int? slots)
    {
        var seconds = now - start;
        var iteration = state.ResultIteration;
        return new RunProgress
        {
            Status = state.Status,
            Iteration = iteration,
            Iterations = state.StopRule.Iterations,
            WalkerSteps = state.WalkerSteps,
            StepsPerSecond = seconds > 0 ? (state.WalkerSteps - stepsAtStart) / seconds : 0,
            Evaluations = state.Evaluations,
            Acceptance = state.WalkerSteps > 0 ? (double)state.Accepted / state.WalkerSteps : double.NaN,
            Failures = state.Failures.Total,
            Slots = slots ?? 0,
            Workers = state.Workers.Admitted.Count,
            WaitsForWorkers = state.Status == RunStatus.Running && slots == 0,
            Rhat = state.LastJudgement?.Rhat ?? double.NaN,
            Ess = state.LastJudgement?.Ess ?? double.NaN,
            Elapsed = TimeSpan.FromSeconds(now),
            Remaining = Remaining(state, iteration, now),
        };
    }

    // By iterations; sooner if effective samples, which grow in proportion to iterations, reach the target before.
    private TimeSpan? Remaining(RunState state, int iteration, double now)
    {
        var done = iteration - iterationAtStart;
        if (done <= 0 || now <= start)
        {
            return null;
        }

        double last = state.StopRule.Iterations;
        if (state.AwaitsConvergence && state.StopRule.Ess is { } target && state.LastJudgement is { Ess: > 0 } judged)
        {
            last = Math.Min(last, judged.Iteration * target / judged.Ess);
        }

        return TimeSpan.FromSeconds(Math.Max(0, last - iteration) * (now - start) / done);
    }
}
