using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Models.Tests.FileModels;

public class FileModelDefinitionTests
{
    [Fact]
    public void Without_outputs_every_observation_is_a_number()
    {
        using ModelFolder folder = new();
        string text = folder.Text.Replace("  outputs: { y: [1, 2, 3] }\n", "", StringComparison.Ordinal)
            .Replace("output: y, times: [1, 2, 3], values: [2, 4, 6]", "output: y2, value: 4", StringComparison.Ordinal);
        Assert.Equal(-0.5 * Math.Log(2 * Math.PI), ProblemTexts.LogLikelihood(ProblemTexts.Load(text, folder.Path), 2), 1e-14);
    }

    [Fact]
    public void A_bundle_holds_all_that_the_command_needs()
    {
        using ModelFolder folder = new(extra: "  files: [in.tpl]\n");
        Problem problem = folder.Load();
        ProblemBundle bundle = ProblemBundle.Of(problem);
        Assert.Equal(["in.tpl", "./m.sh", "out.ins"], bundle.Files.Keys.OrderBy(k => k.TrimStart('.', '/'), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("in.tpl", "ptf ~\n~     a                     ~\n")]
    [InlineData("out.ins", "pif ~\n\nl1 !y1!\nl1 !y2!\nl1 !y3!\n")]
    [InlineData("m.sh", "#!/bin/sh\n#\n" + ModelFolder.Good)]
    public void A_changed_file_makes_another_model(string name, string text)
    {
        using ModelFolder folder = new();
        Fingerprint before = folder.Load().ModelFingerprint("b");
        folder.Add(name, text);
        Assert.NotEqual(before, folder.Load().ModelFingerprint("b"));
    }

    [Fact]
    public void How_many_folders_are_kept_does_not_change_the_model()
    {
        using ModelFolder folder = new();
        Assert.Equal(
            folder.Load().ModelFingerprint("b"),
            ProblemTexts.Load(folder.Text.Replace("  run:", "  keep: 7\n  run:", StringComparison.Ordinal), folder.Path).ModelFingerprint("b"));
    }

    [Theory]
    [InlineData("in.tpl", "ptf ~\n~ b ~\n", "in.tpl:2:1: found unknown parameter 'b', expected one of a")]
    [InlineData("in.tpl", "~ a ~\n", "in.tpl:1:1: found '~ a ~', expected 'ptf' and the marker")]
    [InlineData("out.ins", "pif ~\nl1 !y1!\nl1 !y2!\n", "model.outputs: found 3 values in all, expected one per observation: the instructions read 2")]
    [InlineData("out.ins", "pif ~\nl1 !y1!\nl1 !y2!\nl1 !Y1!\n", "found the observation 'y1' twice")]
    public void A_mistake_in_a_file_is_shown_there(string name, string text, string message)
    {
        using ModelFolder folder = new();
        folder.Add(name, text);
        Assert.Contains(message, folder.Mistake().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in.txt: in.tpl", "../in.txt: in.tpl", "model.templates: found '../in.txt'")]
    [InlineData("out.txt: out.ins", "/etc/x: out.ins", "model.instructions: found '/etc/x'")]
    [InlineData("out.txt: out.ins", "in.txt: out.ins", "model.instructions: found 'in.txt', which is there before the command runs")]
    [InlineData("in.txt: in.tpl", "in.txt: inn.tpl", "inn.tpl: found no such file")]
    [InlineData("  run: [./m.sh]\n", "", "model: found no key 'run'")]
    [InlineData("./m.sh", "./n.sh", "model.run: found './n.sh', which is no file")]
    [InlineData("run: [./m.sh]", "run: [./m.sh]\n  keep: -1", "model.keep: found -1, expected 0 to 1000 folders")]
    [InlineData("{ a: normal(0, 1) }", "{ a: normal(0, 1), unused: normal(0, 1) }", "unknown parameter 'unused', expected a parameter of the model: a")]
    public void Says_what_is_wrong(string old, string changed, string message)
    {
        using ModelFolder folder = new();
        string text = folder.Text.Replace(old, changed, StringComparison.Ordinal);
        Assert.Contains(message, ProblemTexts.Mistake(text, folder.Path).ToString(), StringComparison.Ordinal);
    }
}
