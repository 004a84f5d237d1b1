using System.Globalization;
using Calibrate.Models;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

/// <summary>A file-based model in a slot of its own process: its files come with the problem, and its command dies with the slot.</summary>
public sealed class FileModelSlotTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_command_that_hangs_is_killed_at_the_time_limit_and_what_it_started_too()
    {
        var pid = Path.Combine(folder, "pid");
        File.WriteAllText(Path.Combine(folder, "in.tpl"), "ptf ~\n~ x1 ~ ~ x2 ~\n");
        File.WriteAllText(Path.Combine(folder, "out.ins"), "pif ~\nl1 !y!\n");
        File.WriteAllText(
            Path.Combine(folder, "m.sh"),
            $"#!/bin/sh\nread a b < in.txt\nif [ \"$a\" = 2.0 ]; then sleep 600 & echo $! > {pid}.new; mv {pid}.new {pid}; wait; fi\necho $a > out.txt\n");
        var problem = ProblemFile.Parse(
            new ProblemSource(
                Path.Combine(folder, "p.yaml"),
                "model: { templates: { in.txt: in.tpl }, run: [./m.sh], instructions: { out.txt: out.ins } }\n"
                + "parameters: { x1: normal(0, 1), x2: normal(0, 1) }\ntargets: { y: { output: y, value: 0, sigma: 1 } }\n",
                []),
            new BuiltInModels());

        await using var slot = ChildPrograms.Factory(problem, timeout: TimeSpan.FromSeconds(3)).Create();
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(1))[0].Outcome);
        Assert.Equal(ResourceKind.Time, Assert.IsType<ResourceExceeded>(slot.Evaluate(ChildPrograms.Points(2))[0].Outcome).Kind);
        var left = int.Parse(File.ReadAllText(pid), CultureInfo.InvariantCulture);
        Assert.True(SpinWait.SpinUntil(() => IsGone(left), TimeSpan.FromSeconds(30)));
        Assert.IsType<Evaluated>(slot.Evaluate(ChildPrograms.Points(1))[0].Outcome);
    }

    // A dead process that nobody has asked after has no command line any more.
    private static bool IsGone(int process)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/cmdline").Length == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
