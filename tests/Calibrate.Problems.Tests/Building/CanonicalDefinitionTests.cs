using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Building;

public class CanonicalDefinitionTests
{
    [Fact]
    public void Files_enter_with_their_bytes_and_not_with_their_paths()
    {
        const string text = "t,v,s\n2000,1,1\n";
        string before = Canonical("a.csv", text);
        Assert.Equal(before, Canonical("b.csv", text));
        Assert.NotEqual(before, Canonical("a.csv", text + "\n"));
        Assert.Contains($"targets.t.file = sha256:{Fingerprint.Of(text)}\n", before, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_enter_with_their_values_and_the_bytes_of_their_files()
    {
        const string options = "model: { name: rich, options: { mode: slow, step: 1/2, exact: true, weights: [1, 2], names: { b: y, a: x }, input: { file: f.csv, column: c } } }";
        string text = Read.Problem(
            options + "\nparameters: { slope: normal(0, 1) }\ntargets: { t: { output: total, value: 1, sigma: 1 } }",
            new MemoryFiles(("f.csv", "c\n1\n"))).CanonicalText;
        Assert.StartsWith(
            "format = 1\nmodel.name = rich\nmodel.version = 1\nmodel.options.mode = slow\nmodel.options.step = 0.5\nmodel.options.exact = true\n"
            + "model.options.weights = 1 2\nmodel.options.names = a: x, b: y\n"
            + $"model.options.input.file = sha256:{Fingerprint.Of("c\n1\n")}\nmodel.options.input.column = c\n",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_of_a_target_enters()
    {
        string text = Read.Problem("""
            model: line
            parameters: { slope: normal(0, 1) }
            targets:
              t:
                { output: y, times: [2000, 2001, 2002], values: [1, 2, 3], sigma: 1, relative_error: 0.1, minimum_sigma: 0.2, extra_sigma: 0.3,
                  covariance_scale: 2, scale: 3, reference: 2000, from: 2000, to: 2002, mask: [2001], weight: 0.5, likelihood: student_t(4) }
            """).CanonicalText;
        foreach (string line in (string[])
        [
            "range = [2000, 2002]", "reference = [2000, 2000]", "mask = [2001, 2001]", "relative_error = 0.1", "minimum_sigma = 0.2",
            "extra_sigma = 0.3", "covariance_scale = 2", "scale = 3", "weight = 0.5", "likelihood = student_t(4)",
        ])
        {
            Assert.Contains($"targets.t.{line}\n", text, StringComparison.Ordinal);
        }
    }

    private static string Canonical(string file, string text) => Read.Problem(
        $"model: line\nparameters: {{ slope: normal(0, 1) }}\ntargets:\n  t: {{ output: y, file: {file}, columns: {{ time: t, value: v, sigma: s }} }}",
        new MemoryFiles((file, text))).CanonicalText;
}
