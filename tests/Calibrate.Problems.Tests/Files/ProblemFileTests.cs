using Calibrate.Problems.Files;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Files;

public sealed class ProblemFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-problem-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_is_loaded_with_its_source_and_stem()
    {
        string path = Write("my-line.yaml", Read.Line);
        Problem problem = ProblemFile.Load(path, new FakeCatalog(), ["method.iterations=5"]);
        Assert.Equal("my-line", problem.Name);
        Assert.Equal((path, Read.Line), (problem.Source!.Path, problem.Source.Text));
        Problem again = ProblemFile.Parse(problem.Source, new FakeCatalog());
        Assert.Equal(problem.ChainFingerprint(1), again.ChainFingerprint(1));
        Assert.Equal(5, again.Method.Iterations);
    }

    [Fact]
    public void Mistakes_come_all_at_once_as_one_exception()
    {
        string path = Write("p.yaml", "modle: line\nparameters: 3");
        ProblemException exception = Assert.Throws<ProblemException>(() => ProblemFile.Load(path, new FakeCatalog()));
        Assert.Equal(2, exception.Errors.Count);
        Assert.StartsWith($"{path}:1:1: modle: found", exception.Message, StringComparison.Ordinal);
        Assert.False(ProblemFile.TryLoad(path, new FakeCatalog(), null, out _, out IReadOnlyList<ProblemError> errors));
        Assert.Equal(exception.Errors, errors);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        Assert.Equal([$"{folder}/no.yaml: found no such file, expected a problem file (YAML)"], Errors(Path.Combine(folder, "no.yaml")));
        Assert.Equal([$"{folder}: found a folder, expected a problem file (YAML)"], Errors(folder));
    }

    [Fact]
    public void A_file_of_10_megabytes_is_refused_unread()
    {
        string path = Write("big.yaml", new string('#', 10_000_000));
        Assert.Equal([$"{path}: found a file of 10000000 bytes, expected at most 1048576: put data into files of their own"], Errors(path));
    }

    [Fact]
    public void Bytes_that_are_not_text_are_refused()
    {
        string path = Path.Combine(folder, "p.yaml");
        File.WriteAllBytes(path, [0x61, 0xFF, 0xFE, 0x00]);
        Assert.Equal([$"{path}: found bytes that are not text, expected YAML in UTF-8"], Errors(path));
    }

    [Fact]
    public void A_changed_byte_of_the_data_changes_the_fingerprint()
    {
        string path = Write("p.yaml", "model: line\nparameters: { slope: normal(0, 1) }\ntargets:\n  t: { output: y, file: d.csv, columns: { time: t, value: v, sigma: s } }");
        Write("d.csv", "t,v,s\n2000,1,1\n");
        Problem before = ProblemFile.Load(path, new FakeCatalog());
        Write("d.csv", "t,v,s\n2000,1,2\n");
        Problem after = ProblemFile.Load(path, new FakeCatalog());
        Assert.NotEqual(before.ChainFingerprint(1), after.ChainFingerprint(1));
        Assert.Equal(["targets.t.file", "targets.t.data"], ProblemDiff.Between(before.CanonicalText, after.CanonicalText).Select(c => c.Key));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string[] Errors(string path)
    {
        Assert.False(ProblemFile.TryLoad(path, new FakeCatalog(), null, out _, out IReadOnlyList<ProblemError> errors));
        return [.. errors.Select(e => e.ToString())];
    }
}
