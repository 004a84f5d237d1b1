using Calibrate.Problems;
using Calibrate.Reports.Html;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Reports.Tests;

/// <summary>Small runs in memory, to report on.</summary>
internal sealed class ReportRuns
{
    public static readonly RunId Run = RunId.Parse("reported");

    public InMemoryJournal Journal { get; } = new();

    public async Task<Problem> SampleAsync(Problem problem)
    {
        await new RunHost(Journal, TimeProvider.System).RunAsync(new RunRequest(Run, problem));
        return problem;
    }

    public Task<ReportContent> GatherAsync(Problem problem, int predictive = 40) =>
        RunReport.GatherAsync(Journal, Run, problem, new PredictiveSettings { Draws = predictive, Clock = new FixedClock() });

    public static string Page(ReportContent content, string? plotly = "/* plotly stands here */")
    {
        using var writer = new StringWriter();
        ReportPage.Write(content, writer, plotly);
        return writer.ToString();
    }

    /// <summary>A clock that stands still: no budget is ever used up, and pages say the same date every day.</summary>
    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override long GetTimestamp() => 0;
    }
}
