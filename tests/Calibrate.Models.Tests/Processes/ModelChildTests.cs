using System.Text;
using Calibrate.Models.Processes;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.Processes;

public class ModelChildTests
{
    [SkippableFact]
    public void A_line_without_end_is_given_up_and_the_memory_it_takes_is_bounded()
    {
        PythonPrograms.Require();
        ModelChild child = ModelChild.Start(Program("def reply(request):\n    while True: sys.stdout.write('{' * 65536)", longestLine: 200_000));
        try
        {
            Assert.Equal("a line of more than 200000 bytes", Assert.Throws<ProtocolBreachException>(() => Ask(child)).Message);
        }
        finally
        {
            child.Discard();
        }

        Assert.False(child.IsAlive);
    }

    [SkippableFact]
    public void A_child_leads_a_group_of_its_own_so_that_Ctrl_C_does_not_reach_it()
    {
        PythonPrograms.Require();
        Skip.IfNot(File.Exists("/usr/bin/setsid"), "there is no setsid");
        using ModelChild child = ModelChild.Start(Program("HELLO['version'] = str(os.getpgrp() == os.getpid())"));
        Assert.Equal("True", child.Report.Version);
    }

    [SkippableFact]
    public void A_child_that_does_not_heed_the_end_of_its_input_is_killed_with_what_it_started()
    {
        PythonPrograms.Require();
        Skip.IfNot(OperatingSystem.IsLinux(), "what the system knows about processes is read from /proc");
        ModelChild child = ModelChild.Start(Program(
            "import subprocess\nHELLO['version'] = str(subprocess.Popen(['sleep', '600']).pid)\nimport atexit\natexit.register(lambda: signal.pause())"));
        string started = child.Report.Version;
        child.Dispose();
        Assert.True(SpinWait.SpinUntil(
            () => !File.Exists($"/proc/{started}/stat") || File.ReadAllText($"/proc/{started}/stat").Contains(") Z ", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60)));
    }

    [SkippableFact]
    public void A_child_that_is_gone_leaves_no_file_open()
    {
        PythonPrograms.Require();
        Skip.IfNot(OperatingSystem.IsLinux(), "what the system knows about processes is read from /proc");
        ModelChild child = ModelChild.Start(Program("HELLO['version'] = ' '.join(os.readlink('/proc/self/fd/%d' % n) for n in range(3))"));
        string[] pipes = child.Report.Version.Split(' ');
        Assert.Subset(Open(), pipes.ToHashSet());
        child.Dispose();
        HashSet<string> open = Open();
        Assert.DoesNotContain(pipes[0], open);
        Assert.DoesNotContain(pipes[1], open);
        Assert.True(SpinWait.SpinUntil(() => !Open().Contains(pipes[2]), TimeSpan.FromSeconds(60)));
    }

    // What this process has open; some of it is closed while it is listed.
    private static HashSet<string> Open() =>
        [.. Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(entry => new FileInfo(entry).LinkTarget ?? "")];

    private static void Ask(ModelChild child) => child.TryAsk([1, 1], new Answers(new double[3], new ModelFailed?[1], 1, 0, 1));

    private static ProcessProgram Program(string body, int longestLine = ProcessProgram.LongestLineOfProtocol) =>
        new(["python3", "model.py"], new Dictionary<string, ReadOnlyMemory<byte>> { ["model.py"] = Encoding.UTF8.GetBytes(PythonPrograms.Script(body)) }, ["a", "b"])
        {
            LongestLine = longestLine,
        };
}
