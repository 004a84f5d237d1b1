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

    private static ProblemDraft Read(string yaml, out Mistakes mistakes)
    {
        mistakes = new Mistakes();
        ProblemDraft draft = new();
        YamlMapping root = (YamlMapping)YamlTreeReader.Read("f", yaml, mistakes)!;
        new ModelReader(new FakeCatalog(), new MemoryFiles(), mistakes).Read(new Section(root, ""), draft);
        return draft;
    }
}
