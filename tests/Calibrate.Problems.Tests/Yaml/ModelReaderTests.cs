using Calibrate.Problems.Building;
using Calibrate.Problems.Tests.Fakes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class ModelReaderTests
{
    [Theory]
    [InlineData("model: bump", 2)]
    [InlineData("model: { name: bump }", 2)]
    [InlineData("model: { name: bump, options: { dimension: 5 } }", 5)]
    public void A_model_is_made_from_its_name_and_options(string yaml, int parameters)
    {
        ProblemDraft draft = Read(yaml, out Mistakes mistakes);
        Assert.Empty(mistakes.Errors);
        Assert.Equal(parameters, draft.Model!.Parameters.Count);
        Assert.Equal(("model.name", "bump"), draft.ModelIdentity[0]);
    }

    [Fact]
    public void A_file_that_a_model_cannot_read_is_told_at_the_option_that_names_it()
    {
        ProblemDraft draft = Read("model: { name: rich, options: { mode: fast, input: { file: no.csv } } }", out Mistakes mistakes);
        Assert.Null(draft.Model);
        ProblemError error = Assert.Single(mistakes.Errors);
        Assert.Equal(("model.options.input.file", "no.csv", "no such file"), (error.Path, error.DataPlace, error.Found));
    }

    [Fact]
    public void A_direct_model_is_told_by_its_key_and_takes_the_parameters_of_the_problem()
    {
        ProblemDraft draft = Read(
            "model: { tape: a, files: [d.csv], wait: 90 s, outputs: { y: [1, 2.5], z: scalar, w: 3 } }\nparameters: { a: 1, b*: 2, c: 3 }", out Mistakes mistakes);
        Assert.Empty(mistakes.Errors);
        Assert.Equal(["a", "c"], draft.Model!.Parameters.Select(p => p.Name));
        Assert.Equal(
            [
                ("model.name", "tape"),
                ("model.version", "1"),
                ("model.options.tape", "a"),
                ("model.options.files", $"sha256:{Fingerprint.Of("x\n1\n")}"),
                ("model.options.wait", "90"),
                ("model.options.outputs", "y: 1 2.5; z; w: 0 1 2"),
                ("model.identity", "played with a"),
                ("model.identity", "pause 00:01:30"),
            ],
            draft.ModelIdentity);
    }

    [Theory]
    [InlineData("model: { tape: a, files: [no.csv] }", "model.files", "no such file")]
    [InlineData("model: { tape: a, outputs: { y: [2, 1] } }", "model", "options that tape refuses")]
    public void What_a_direct_model_cannot_use_is_told_where_it_stands(string yaml, string path, string found)
    {
        ProblemDraft draft = Read(yaml, out Mistakes mistakes);
        Assert.Null(draft.Model);
        ProblemError error = Assert.Single(mistakes.Errors);
        Assert.Equal(path, error.Path);
        Assert.StartsWith(found, error.Found, StringComparison.Ordinal);
    }

    private static ProblemDraft Read(string yaml, out Mistakes mistakes)
    {
        mistakes = new Mistakes();
        ProblemDraft draft = new();
        YamlMapping root = (YamlMapping)YamlTreeReader.Read("f", yaml, mistakes)!;
        new ModelReader(new FakeCatalog(), new MemoryFiles(("d.csv", "x\n1\n")), mistakes).Read(new Section(root, ""), draft);
        return draft;
    }
}
