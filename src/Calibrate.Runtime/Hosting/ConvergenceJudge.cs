using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Runtime.Hosting;

/// <summary>Computes a run's diagnostics up to a checkpoint from its journal, beside the sampling.</summary>
internal sealed class ConvergenceJudge : IAsyncDisposable
{
    private readonly IJournal journal;
    private readonly RunId run;
    private readonly Problem problem;
    private Task work = Task.CompletedTask;
    private volatile Judged? latest;

    public ConvergenceJudge(IJournal journal, RunId run, Problem problem)
    {
        this.journal = journal;
        this.run = run;
        this.problem = problem;
    }

    /// <summary>The figures of each parameter as they were last judged in this session, for reports; null before. For any thread.</summary>
    public Judged? Latest => latest;

    /// <summary>Begins to judge; the answer goes to the mailbox.</summary>
    public void Begin(int iteration, ICommandSink answers, CancellationToken cancellationToken) =>
        work = Task.Run(() => JudgeAsync(iteration, answers, cancellationToken), CancellationToken.None);

    /// <summary>The worst R-hat and the smallest effective sample size of any free parameter or derived quantity.</summary>
    public async Task<ConvergenceReturned> JudgeAsync(int iteration, CancellationToken cancellationToken)
    {
        var reader = await RunReader.OpenAsync(journal, run, problem, iteration, cancellationToken);
        var diagnostics = await RunSummaries.DiagnoseAsync(reader, problem.ReportedNames, cancellationToken);
        latest = new Judged(iteration, [.. diagnostics]);
        var (rhat, ess) = (0.0, double.PositiveInfinity);
        foreach (var (_, parameter) in diagnostics)
        {
            // Math.Max and Math.Min hand a NaN on: what is not known is never good enough.
            rhat = Math.Max(rhat, parameter.Rhat);
            ess = Math.Min(ess, Math.Min(parameter.EssBulk, parameter.EssTail));
        }

        return new ConvergenceReturned(iteration, rhat, ess);
    }

    public async ValueTask DisposeAsync() => await work;

    private async Task JudgeAsync(int iteration, ICommandSink answers, CancellationToken cancellationToken)
    {
        try
        {
            answers.PostUrgent(await JudgeAsync(iteration, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The session ended first.
        }
        catch (Exception exception)
        {
            answers.Fault(exception);
        }
    }
}

/// <summary>The figures behind a judgement.</summary>
/// <param name="Iteration">The checkpoint.</param>
/// <param name="Parameters">Each parameter's diagnostics, in the problem's order.</param>
internal sealed record Judged(int Iteration, IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>> Parameters);
