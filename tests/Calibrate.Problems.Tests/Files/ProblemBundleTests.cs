using System.Text;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Files;
using Calibrate.Problems.Targets;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Files;

public sealed class ProblemBundleTests : IDisposable
{
    private const string Text = """
        model: { name: rich, options: { mode: fast, input: { file: in/f.csv, column: c } } }
        parameters: { slope: normal(0, 1) }
        targets:
          t: { output: y, file: d.csv, columns: { time: t, value: v, sigma: s } }
        method: { walkers: 4, initial: { file: start.csv } }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-bundle-").FullName;

    public ProblemBundleTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "in"));
        Write("p.yaml", Text);
        Write("in/f.csv", "c\n1\n");
        Write("d.csv", "t,v,s\n2000,1,1\n");
        Write("start.csv", "slope\n1\n2\n3\n4\n");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_bundle_holds_every_file_that_was_read()
    {
        ProblemBundle bundle = ProblemBundle.Of(Load());
        Assert.Equal(["d.csv", "in/f.csv", "start.csv"], bundle.Files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("c\n1\n", Encoding.UTF8.GetString(bundle.Files["in/f.csv"].Span));
    }

    [Fact]
    public void The_same_problem_comes_out_where_no_file_is_left()
    {
        Problem problem = Load("method.thin=3");
        ProblemBundle bundle = ProblemBundle.Of(problem);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.Delete(file);
        }

        Problem again = ProblemFile.Parse(bundle, new FakeCatalog());
        Assert.Equal(problem.CanonicalText, again.CanonicalText);
        Assert.Equal(problem.ModelFingerprint("b"), again.ModelFingerprint("b"));
        Assert.Equal(problem.Name, again.Name);
        Assert.Equal(ProblemBundle.Of(again).Files.Keys, bundle.Files.Keys);
    }

    [Fact]
    public void Files_of_another_folder_are_told_by_the_fingerprint()
    {
        Problem problem = Load();
        Assert.Equal(problem.ModelFingerprint("b"), ProblemFile.Parse(ProblemBundle.Of(problem), new FakeCatalog(), folder).ModelFingerprint("b"));
        Write("d.csv", "t,v,s\n2000,1,1.5\n");
        Assert.NotEqual(problem.ModelFingerprint("b"), ProblemFile.Parse(ProblemBundle.Of(problem), new FakeCatalog(), folder).ModelFingerprint("b"));
    }

    [Fact]
    public void A_file_that_is_missing_from_the_bundle_is_a_mistake_of_its_key()
    {
        ProblemBundle bundle = ProblemBundle.Of(Load());
        ProblemBundle torn = bundle with { Files = bundle.Files.Where(f => f.Key != "d.csv").ToDictionary(StringComparer.Ordinal) };
        ProblemError error = Assert.Single(Assert.Throws<ProblemException>(() => ProblemFile.Parse(torn, new FakeCatalog())).Errors);
        Assert.Equal(("targets.t.file", "a file that did not come with the problem"), (error.Path, error.Found));
    }

    [Fact]
    public void A_problem_built_in_code_cannot_be_bundled()
    {
        Problem problem = new ProblemBuilder("in-code")
            .Model(new ModelFactory(() => new LineModel()), "line 1")
            .Parameter("slope", new Normal(0, 1))
            .Target(new Target("t", "y") { Times = [2000], Values = [1], Sigmas = [1] })
            .Build();
        Assert.Equal(
            "found problem 'in-code', which was built in code, expected a problem file: only its text and data can be taken to another process",
            Assert.Throws<ProblemException>(() => ProblemBundle.Of(problem)).Message);
    }

    [Fact]
    public void Data_that_are_too_large_together_are_refused()
    {
        string rows = new('\n', (int)(ProblemBundle.SizeLimit / 2));
        Write("d.csv", "t,v,s\n2000,1,1\n" + rows);
        Write("in/f.csv", "c\n1\n" + rows);
        Assert.EndsWith(
            "p.yaml: found data files of 64 MiB together, expected at most 64 MiB to take to another process",
            Assert.Throws<ProblemException>(() => ProblemBundle.Of(Load())).Message,
            StringComparison.Ordinal);
    }

    private Problem Load(params string[] overrides) => ProblemFile.Load(Path.Combine(folder, "p.yaml"), new FakeCatalog(), overrides);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
