using Calibrate.Inference;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

/// <summary>Each test lets a real child process do what it is about. Limits are far from what a healthy evaluation takes on any machine.</summary>
public class ProcessSlotTests
{
    private const double Bad = 2;
    private const long MemoryLimit = 400L << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Outcomes_are_those_of_a_thread_to_the_last_bit()
    {
        var problem = ProblemFile.Load(SampleFile(), new BuiltInModels());
        var requests = Draws(problem, 70);
        await using var thread = new ThreadSlot(problem.Likelihood.Create());
        await using var process = ChildPrograms.Factory(problem).Create();
        var expected = thread.Evaluate(requests);

        // The first batch one by one, the second together in groups: the model is fast.
        Assert.Equal(expected.Select(Bits), process.Evaluate(requests).Select(Bits));
        Assert.Equal(expected.Select(Bits), process.Evaluate(requests).Select(Bits));
    }

    [Theory]
    [InlineData("segfault", "aborted")]
    [InlineData("fail_fast", "the model gave up")]
    [InlineData("exit", "ended with exit code 7")]
    [InlineData("kill", "was killed")]
    public async Task A_crash_loses_what_was_being_evaluated_under_the_name_of_its_process(string fault, string obituary)
    {
        var factory = ChildPrograms.Factory(ChildPrograms.Faulty(fault));
        await using var slot = factory.Create();
        var outcomes = slot.Evaluate(ChildPrograms.Points(0.5, Bad, 0, -1));

        Assert.Equal([0, 1, 2, 3], outcomes.Select(settled => settled.Id.Walker));
        Assert.Equal(-0.5 * ((0.5 * 0.5) + (0.25 * 0.25)), Assert.IsType<Evaluated>(outcomes[0].Outcome).LogLikelihood);
        var lost = Assert.IsType<Lost>(outcomes[1].Outcome);
        Assert.Contains(obituary, lost.Reason, StringComparison.Ordinal);
        Assert.Matches($"^{System.Text.RegularExpressions.Regex.Escape(Environment.MachineName)} pid [0-9]+ start#[0-9]+$", lost.Death);
        Assert.All(outcomes.Skip(2), settled => Assert.Null(Assert.IsType<Lost>(settled.Outcome).Death));

        // The next child is another one, and evaluates as if nothing had been.
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(0))[0].Outcome);
        Assert.NotEqual(lost.Death, Assert.IsType<Lost>(slot.Evaluate(ChildPrograms.Points(Bad))[0].Outcome).Death);
        Assert.Equal(2, factory.Deaths);
    }

    [Theory]
    [InlineData("nan", ModelFailureKind.NotANumber)]
    [InlineData("throw", ModelFailureKind.Exception)]
    public async Task A_failure_of_the_model_is_a_failure_of_the_point_alone(string fault, ModelFailureKind kind)
    {
        var factory = ChildPrograms.Factory(ChildPrograms.Faulty(fault));
        await using var slot = factory.Create();
        var outcomes = slot.Evaluate(ChildPrograms.Points(0, Bad, 0));
        Assert.Equal(kind, Assert.IsType<ModelFailed>(outcomes[1].Outcome).Kind);
        Assert.IsType<Evaluated>(outcomes[2].Outcome);
        Assert.Equal(0, factory.Deaths);
    }

    [Fact]
    public async Task An_endless_evaluation_is_ended_by_the_time_limit_and_only_that_one()
    {
        await using var slot = ChildPrograms.Factory(ChildPrograms.Faulty("loop"), timeout: Timeout).Create();
        var outcomes = slot.Evaluate(ChildPrograms.Points(0, 0.5, Bad, 0));
        Assert.Equal(
            new ResourceExceeded(ResourceKind.Time, "took longer than the 2 s of execution.timeout"), Assert.IsType<ResourceExceeded>(outcomes[2].Outcome));
        Assert.IsType<Evaluated>(outcomes[1].Outcome);
        Assert.Null(Assert.IsType<Lost>(outcomes[3].Outcome).Death);
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(0))[0].Outcome);
    }

    [Fact]
    public async Task A_fast_model_that_hangs_is_found_out_among_those_evaluated_together()
    {
        await using var slot = ChildPrograms.Factory(ChildPrograms.Faulty("loop"), timeout: Timeout).Create();
        double[] many = [.. Enumerable.Repeat(0.25, 100)];
        slot.Evaluate(ChildPrograms.Points(many));
        slot.Evaluate(ChildPrograms.Points(many));
        many[37] = Bad;
        var outcomes = slot.Evaluate(ChildPrograms.Points(many));
        Assert.All(outcomes.Take(37), settled => Assert.IsType<Evaluated>(settled.Outcome));
        Assert.IsType<ResourceExceeded>(outcomes[37].Outcome);
        Assert.All(outcomes.Skip(38), settled => Assert.IsType<Lost>(settled.Outcome));
    }

    [Fact]
    public async Task Evaluations_of_more_than_2_ms_are_never_answered_together_so_that_only_the_deadly_one_is_suspect()
    {
        await using var slot = ChildPrograms.Factory(ChildPrograms.Faulty("kill", ", milliseconds: 4")).Create();
        slot.Evaluate(ChildPrograms.Points(0, 0, 0));
        var outcomes = slot.Evaluate(ChildPrograms.Points(0, 0, Bad, 0, 0));
        Assert.All(outcomes.Take(2), settled => Assert.IsType<Evaluated>(settled.Outcome));
        Assert.NotNull(Assert.IsType<Lost>(outcomes[2].Outcome).Death);
        Assert.All(outcomes.Skip(3), settled => Assert.Null(Assert.IsType<Lost>(settled.Outcome).Death));
    }

    [Fact]
    public async Task A_leak_of_a_gigabyte_within_one_evaluation_is_ended_by_the_memory_limit_in_a_fresh_process()
    {
        var factory = ChildPrograms.Factory(ChildPrograms.Faulty("leak"), memory: MemoryLimit);
        await using var slot = factory.Create();
        var outcomes = slot.Evaluate(ChildPrograms.Points(0, Bad, 0));
        Assert.Equal(
            new ResourceExceeded(ResourceKind.Memory, "took more memory than the 400 MiB of execution.memory"), Assert.IsType<ResourceExceeded>(outcomes[1].Outcome));
        Assert.Null(Assert.IsType<Lost>(outcomes[2].Outcome).Death);

        // Once where something had been evaluated before, and once to be sure.
        Assert.Equal(2, factory.Deaths);
    }

    [Fact]
    public async Task A_leak_that_no_look_came_in_time_for_is_found_by_its_answer_and_blamed_on_no_other_evaluation()
    {
        var factory = ChildPrograms.Factory(ChildPrograms.Faulty("leak"), memory: MemoryLimit, clock: new LateTimers());
        await using var slot = factory.Create();
        var outcomes = slot.Evaluate(ChildPrograms.Points(0, Bad, 0));

        Assert.IsType<Evaluated>(outcomes[0].Outcome);
        Assert.Equal(ResourceKind.Memory, Assert.IsType<ResourceExceeded>(outcomes[1].Outcome).Kind);
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(0))[0].Outcome);
    }

    [Fact]
    public void A_memory_limit_that_nothing_fits_in_is_told_before_anything_is_evaluated()
    {
        var refusal = Assert.Throws<RunException>(() => ChildPrograms.Factory(ChildPrograms.Faulty("none"), memory: 1 << 20).Create());
        Assert.Matches("^A process takes [0-9.]+ MiB before its first evaluation, more than the 1 MiB that execution.memory allows", refusal.Message);
    }

    [Fact]
    public async Task What_a_model_prints_does_not_come_between()
    {
        await using var slot = ChildPrograms.Factory(ChildPrograms.Faulty("print")).Create();
        Assert.All(slot.Evaluate(ChildPrograms.Points(Bad, Bad, 0)), settled => Assert.IsType<Evaluated>(settled.Outcome));
    }

    [Fact]
    public async Task A_cancelled_evaluation_ends_at_once_and_says_nothing_about_its_point()
    {
        await using var slot = ChildPrograms.Factory(ChildPrograms.Faulty("loop")).Create();
        using var cancellation = new CancellationTokenSource();
        var evaluating = Task.Run(() => slot.Evaluate(ChildPrograms.Points(Bad, 0), cancellation.Token));
        await cancellation.CancelAsync();
        Assert.All(await evaluating, settled => Assert.Null(Assert.IsType<Lost>(settled.Outcome).Death));
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(0))[0].Outcome);
    }

    [Fact]
    public async Task A_child_is_replaced_after_its_number_of_evaluations()
    {
        // What leaked in a child is gone with it: without new ones, the second leak would not fit.
        await using var slot = ChildPrograms.Factory(ChildPrograms.Faulty("leak"), memory: 1500L << 20, recycle: 1).Create();
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(Bad))[0].Outcome);
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(Bad))[0].Outcome);
    }

    private static EvaluationRequest[] Draws(Problem problem, int count)
    {
        var space = problem.Space;
        var requests = new EvaluationRequest[count];
        for (var i = 0; i < count; i++)
        {
            var uniform = Enumerable.Range(0, space.Dimension).Select(j => (0.5 + (((i * 7) + (j * 13)) % count)) / count).ToArray();
            var sampled = new double[space.Dimension];
            space.SamplePrior(uniform, sampled);
            var natural = new double[space.NaturalDimension];
            space.Evaluate(1, sampled, natural, new double[1], new double[1]);
            requests[i] = new EvaluationRequest(new EvaluationId(0, 0, i, 0), natural);
        }

        return requests;
    }

    private static string Bits(SettledEvaluation settled) => settled.Outcome is Evaluated evaluated
        ? string.Join(' ', evaluated.Recorded.Prepend(evaluated.LogLikelihood).Select(BitConverter.DoubleToInt64Bits))
        : settled.Outcome.ToString();

    private static string SampleFile()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Calibrate.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Calibrate.sln stands in no folder above the tests: run them from a checkout.");
        }

        return Path.Combine(folder.FullName, "samples", "climate", "two-layer.yaml");
    }

    // As on a machine that is too busy to run what is due.
    private sealed class LateTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, global::System.Threading.Timeout.InfiniteTimeSpan, global::System.Threading.Timeout.InfiniteTimeSpan);
    }
}
