using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class ProcessSlotFactoryTests
{
    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        var refusal = Assert.Throws<RunException>(() =>
            ChildPrograms.Factory(ChildPrograms.Faulty("none"), program: new SlotProgram("/no/such/program", ["slot"])).Create());
        Assert.StartsWith("The program for evaluations, /no/such/program, does not start: ", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_program_that_does_something_else_is_named()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs /bin/echo");
        var refusal = Assert.Throws<RunException>(() =>
            ChildPrograms.Factory(ChildPrograms.Faulty("none"), program: new SlotProgram("/bin/echo", ["hello", "world"])).Create());
        Assert.Contains("/bin/echo hello world, answers with a frame of ", refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_program_that_ends_at_once_is_told_with_its_last_words()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs /bin/sh");
        var refusal = Assert.Throws<RunException>(() =>
            ChildPrograms.Factory(ChildPrograms.Faulty("none"), program: new SlotProgram("/bin/sh", ["-c", "echo no licence >&2; exit 3"])).Create());
        Assert.Matches("ended before it was ready: process [0-9]+ ended with exit code 3; it said last: no licence\\.$", refusal.Message);
    }

    [SkippableFact]
    public void A_program_that_is_never_ready_is_given_up()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs /bin/sh");
        var problem = ChildPrograms.Faulty("none");
        var factory = new ProcessSlotFactory(
            ProblemBundle.Of(problem),
            problem.ModelFingerprint("b"),
            new ProcessSlotOptions { StartTimeout = TimeSpan.FromMilliseconds(50), Program = new SlotProgram("/bin/sh", ["-c", "exec sleep 600"]) });
        Assert.StartsWith("A process for evaluations was not ready after 0.05 s: ", Assert.Throws<RunException>(factory.Create).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_builds_another_model_is_refused()
    {
        var problem = ChildPrograms.Faulty("none");
        var factory = new ProcessSlotFactory(
            ProblemBundle.Of(problem), problem.ModelFingerprint("another build"), new ProcessSlotOptions { Program = ChildPrograms.TestHost });
        Assert.Contains("builds another model than the one that started it", Assert.Throws<RunException>(factory.Create).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_does_not_know_the_model_says_so()
    {
        var bundle = new ProblemBundle(
            new ProblemSource("/p.yaml", "model: unheard-of\nparameters: { x1: normal(0, 1) }", []), new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal));
        var refusal = Assert.Throws<RunException>(
            new ProcessSlotFactory(bundle, Fingerprint.Of("x"), new ProcessSlotOptions { Program = ChildPrograms.TestHost }).Create);
        Assert.StartsWith("A process for evaluations cannot build the problem:\n/p.yaml:1:8: model: found", refusal.Message, StringComparison.Ordinal);
    }
}
