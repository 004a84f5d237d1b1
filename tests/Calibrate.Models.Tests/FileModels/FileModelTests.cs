using System.Text.RegularExpressions;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.FileModels;

/// <summary>File-based models run by real commands, good ones and bad ones.</summary>
public class FileModelTests
{
    private static readonly double AtBest = -1.5 * Math.Log(2 * Math.PI);

    [Fact]
    public void Writes_runs_and_reads()
    {
        using ModelFolder folder = new();
        Assert.Equal(AtBest, ProblemTexts.LogLikelihood(folder.Load(), 2), 1e-14);
        Assert.Equal(AtBest - 7, ProblemTexts.LogLikelihood(folder.Load(), 1), 1e-12);
    }

    [Fact]
    public void Numbers_arrive_with_every_bit()
    {
        using ModelFolder folder = new("read x < in.txt\nprintf '%s\\n0\\n0\\n' \"$x\" > out.txt\n");
        double a = 1.0 / 3;
        Assert.Equal(AtBest - 0.5 * ((2 - a) * (2 - a) + 16 + 36), ProblemTexts.LogLikelihood(folder.Load(), a));
    }

    [Fact]
    public void No_evaluation_sees_what_another_left()
    {
        // The second run would fail: it finds its own traces, a changed file, or the old output.
        using ModelFolder folder = new(
            "[ -e trace ] && exit 9\n[ -e sub/trace ] && exit 8\n[ -e out.txt ] && exit 7\ngrep -q new data.txt && exit 6\n"
            + "touch trace\nmkdir sub\ntouch sub/trace\nln -s / link\necho new >> data.txt\n" + ModelFolder.Good,
            "  files: [data.txt]\n");
        folder.Add("data.txt", "old\n");
        ILikelihood likelihood = folder.Load().Likelihood.Create();
        using IDisposable _ = (IDisposable)likelihood;
        for (int n = 0; n < 3; n++)
        {
            Assert.Equal(AtBest, Assert.IsType<Evaluated>(ProblemTexts.Evaluate(likelihood, 2)).LogLikelihood, 1e-14);
        }
    }

    [Theory]
    [InlineData("echo one; echo bad tank >&2; exit 4\n", ModelFailureKind.NonZeroExit, "'./m.sh' exited with 4: bad tank")]
    [InlineData("exit 5\n", ModelFailureKind.NonZeroExit, "'./m.sh' exited with 5: it printed nothing")]
    [InlineData("kill -9 $$\n", ModelFailureKind.NonZeroExit, "'./m.sh' exited with 137: it printed nothing")]
    [InlineData("echo no licence\n", ModelFailureKind.Exception, "the command wrote no out.txt, but printed: no licence")]
    [InlineData("printf '1\\n2\\n' > out.txt\n", ModelFailureKind.Exception, "out.txt:2: found the end of the file, expected a line 3 (out.ins:4)")]
    [InlineData("printf '1\\n***\\n3\\n' > out.txt\n", ModelFailureKind.Exception, "out.txt:2: found '***', expected the number y2 (out.ins:3)")]
    [InlineData("printf '1\\nNaN\\n3\\n' > out.txt\n", ModelFailureKind.NotANumber, "y")]
    public void Tells_how_it_failed(string script, ModelFailureKind kind, string message)
    {
        using ModelFolder folder = new(script, "  keep: 0\n");
        ModelFailed failure = Fail(folder, 2);
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kept", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_talkative_command_is_no_trouble()
    {
        using ModelFolder folder = new("yes | head -c 3000000\nyes | head -c 3000000 >&2\n" + ModelFolder.Good);
        Assert.Equal(AtBest, ProblemTexts.LogLikelihood(folder.Load(), 2), 1e-14);
    }

    [Fact]
    public void What_a_command_leaves_running_is_not_waited_for()
    {
        using ModelFolder folder = new("sleep 30 &\necho $! > pid.txt\n" + ModelFolder.Good + "echo failed >&2\nexit 1\n", "  keep: 1\n");
        string kept = KeptFolder(Fail(folder, 2));
        using (System.Diagnostics.Process left = System.Diagnostics.Process.GetProcessById(int.Parse(
            File.ReadAllText(Path.Combine(kept, "pid.txt")), System.Globalization.CultureInfo.InvariantCulture)))
        {
            left.Kill();
        }

        Directory.Delete(kept, recursive: true);
    }

    [Fact]
    public void The_last_failures_are_kept_and_no_more()
    {
        using ModelFolder folder = new("cp in.txt seen.txt\nexit 1\n", "  keep: 2\n");
        ILikelihood likelihood = folder.Load().Likelihood.Create();
        string[] kept;
        using (IDisposable _ = (IDisposable)likelihood)
        {
            kept = [.. Enumerable.Range(1, 4).Select(a => KeptFolder(Assert.IsType<ModelFailed>(ProblemTexts.Evaluate(likelihood, a))))];
        }

        Assert.Equal([false, false, true, true], kept.Select(Directory.Exists));
        Assert.Equal("4.0", File.ReadAllText(Path.Combine(kept[3], "seen.txt")).Trim());
        Assert.All(kept.Where(Directory.Exists), path => Directory.Delete(path, recursive: true));
    }

    [Fact]
    public void The_same_failure_has_the_same_message_in_every_slot()
    {
        using ModelFolder folder = new("exit 1\n");
        ModelFailed first = Fail(folder, 2);
        Assert.Equal(first, Fail(folder, 2));
        Directory.Delete(KeptFolder(first), recursive: true);
    }

    [Fact]
    public void A_number_that_does_not_fit_is_a_failure()
    {
        using ModelFolder folder = new(extra: "  keep: 0\n");
        folder.Add("in.tpl", "ptf ~\n~a~\n");
        Assert.Contains("in.tpl:2:1: a = 1E-20 does not fit 3 characters", Fail(folder, 1e-20).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_there_ends_the_run_and_fails_no_point()
    {
        using ModelFolder folder = new();
        ILikelihood likelihood = ProblemTexts.Load(folder.Text.Replace("./m.sh", "no-such-program", StringComparison.Ordinal), folder.Path).Likelihood.Create();
        using IDisposable _ = (IDisposable)likelihood;
        Assert.Contains(
            "'no-such-program' does not start",
            Assert.Throws<Calibrate.Problems.Models.ModelUnavailableException>(() => ProblemTexts.Evaluate(likelihood, 2)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_holds_no_secrets()
    {
        Environment.SetEnvironmentVariable("CALIBRATE_TEST_SECRET", "x");
        try
        {
            using ModelFolder folder = new("[ -z \"$CALIBRATE_TEST_SECRET\" ] || exit 1\n" + ModelFolder.Good);
            Assert.Equal(AtBest, ProblemTexts.LogLikelihood(folder.Load(), 2), 1e-14);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CALIBRATE_TEST_SECRET", null);
        }
    }

    [Fact]
    public async Task Disposing_kills_a_command_that_hangs()
    {
        using ModelFolder folder = new("exec sleep 600\n", "  keep: 0\n");
        ILikelihood likelihood = folder.Load().Likelihood.Create();
        Task<EvaluationOutcome> hanging = Task.Run(() => ProblemTexts.Evaluate(likelihood, 2));
        while (!hanging.IsCompleted)
        {
            // Before the command runs, disposing makes it not start at all: both end the evaluation.
            ((IDisposable)likelihood).Dispose();
            await Task.Yield();
        }

        Assert.IsType<ModelFailed>(await hanging);
    }

    private static ModelFailed Fail(ModelFolder folder, double a)
    {
        ILikelihood likelihood = folder.Load().Likelihood.Create();
        using IDisposable _ = (IDisposable)likelihood;
        return Assert.IsType<ModelFailed>(ProblemTexts.Evaluate(likelihood, a));
    }

    private static string KeptFolder(ModelFailed failure) => Path.Combine(
        Path.GetTempPath(), Regex.Match(failure.Message, "folder ([a-z0-9-]+) kept", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value);
}
