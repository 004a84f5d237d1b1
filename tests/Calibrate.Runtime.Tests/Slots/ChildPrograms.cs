using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Slots;
using Calibrate.TestHost;

namespace Calibrate.Runtime.Tests.Slots;

/// <summary>Real child processes: the command line with test models, as a program that lies next to the tests.</summary>
internal static class ChildPrograms
{
    public static SlotProgram TestHost { get; } = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Calibrate.TestHost.dll"), SlotProgram.Command]);

    /// <summary>A problem in two dimensions with one of the test models.</summary>
    public static Problem Faulty(string fault, string options = "") => ProblemFile.Parse(
        new ProblemSource(
            "/faulty.yaml",
            $"model: {{ name: faulty, options: {{ fault: {fault}, above: 1{options} }} }}\nparameters: {{ x1: normal(0, 1), x2: normal(0, 1) }}",
            []),
        new TestModels());

    public static ProcessSlotFactory Factory(Problem problem, TimeSpan? timeout = null, long? memory = null, int recycle = 1000, SlotProgram? program = null, TimeProvider? clock = null) => new(
        ProblemBundle.Of(problem),
        problem.ModelFingerprint(BuildIdentity.Current),
        new ProcessSlotOptions { Limits = new SlotLimits(timeout, memory), Recycle = recycle, Program = program ?? TestHost, Clock = clock ?? TimeProvider.System });

    /// <summary>Requests for points by their first coordinate; the second is half of it.</summary>
    public static EvaluationRequest[] Points(params double[] firsts) =>
        [.. firsts.Select((x, walker) => new EvaluationRequest(new EvaluationId(0, 1, walker, 0), [x, x / 2]))];
}
