using System.Globalization;
using System.Text.Json;

namespace Calibrate.Cli.Tests.Commands;

public sealed class DiagnoseCommandTests : IDisposable
{
    private static readonly (string Ours, string Theirs)[] Fields =
    [
        ("rhat", "rhat"),
        ("ess_bulk", "ess_bulk"),
        ("ess_tail", "ess_tail"),
        ("mcse_mean", "mcse_mean"),
        ("mcse_sd", "mcse_sd"),
        ("mean", "mean"),
        ("sd", "sd"),
        ("q05", "quantile_05"),
        ("q95", "quantile_95"),
    ];

    private readonly CalibrateInFolder _calibrate = new();

    public static TheoryData<string> Cases()
    {
        using var reference = Reference();
        return [.. reference.RootElement.GetProperty("cases").EnumerateObject().Select(c => c.Name)];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Json_and_csv_agree_with_posterior(string name)
    {
        using var reference = Reference();
        var draws = reference.RootElement.GetProperty("cases").GetProperty(name).GetProperty("draws");
        var expected = reference.RootElement.GetProperty("cases").GetProperty(name).GetProperty("expected");

        // Two reference cases were computed from digits that the file does not keep; see PosteriorReferenceTests.
        var tolerance = name is "scaled_chain_400x4" or "cauchy_400x4" ? 5e-5 : 1e-6;
        AssertAgrees(expected, tolerance, await CalibrateInFolder.RunAsync("diagnose", "--json", _calibrate.Write("d.json", $$"""{"x": {{draws.GetRawText()}}}""")));
        AssertAgrees(expected, tolerance, await CalibrateInFolder.RunAsync("diagnose", "--json", _calibrate.Write("d.csv", Csv(draws))));
    }

    [Fact]
    public async Task Several_files_are_several_chains_and_CmdStan_warmup_is_left_out()
    {
        const string Comments = "# num_warmup = 2\n# save_warmup = 1\n# thin = 1\nlp__,accept_stat__,mu,theta.1\n";
        var one = _calibrate.Write("one.csv", Comments + "-1,0.9,100,100\n-1,0.9,100,100\n# Adaptation terminated\n-1,0.9,1,4\n-1,0.9,2,5\n");
        var two = _calibrate.Write("two.csv", Comments + "-1,0.9,100,100\n-1,0.9,100,100\n-1,0.9,3,6\n-1,0.9,6,5\n");

        var answer = await CalibrateInFolder.RunAsync("diagnose", "--json", one, two);

        using var json = JsonDocument.Parse(answer.Output);
        Assert.Equal(["lp__", "mu", "theta.1"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(3.0, json.RootElement.GetProperty("mu").GetProperty("mean").GetDouble());
        Assert.Equal(5.0, json.RootElement.GetProperty("theta.1").GetProperty("mean").GetDouble());
    }

    [Fact]
    public async Task The_table_names_what_to_worry_about()
    {
        var answer = await CalibrateInFolder.RunAsync("diagnose", _calibrate.Write("few.csv", "good,stuck\n1,2\n2,2\n1,2\n3,2\n2,2\n1,2\n"));

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains("1 chain of 6 draws.", answer.Output, StringComparison.Ordinal);
        Assert.Contains("No diagnostics exist for stuck", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "d.csv:3: found 1 values, expected 2 as in the header.")]
    [InlineData("a,b\n1,2\n3,x\n", "d.csv:3: column b: found 'x', expected a number.")]
    [InlineData("a,b\n", "d.csv: there is a header, but no draw below it.")]
    [InlineData("", "d.csv: the file is empty; a header line with parameter names was expected.")]
    [InlineData("chain,a\n1,0\n1,1\n2,5\n", "d.csv: chain 2 of a has 1 draws, chain 1 of a has 2. All chains must be equally long, at least one draw.")]
    [InlineData("""{"a": [1, 2]}""", "d.csv: a[0]: found 1, expected a list of draws (one list per chain).")]
    [InlineData("""{"a": [[1, "x"]]}""", "d.csv: a[0][1]: found the text \"x\", expected a number.")]
    [InlineData("""{"a": [[1, 2]""", "d.csv:1:14: this is not JSON.")]
    [InlineData("""{"a": [[1], [2]], "b": [[1]]}""", "d.csv: b has 1 chains, a has 2. Every parameter needs the same number of chains, at least one.")]
    public async Task A_mistake_in_the_file_is_told_with_its_place(string content, string message)
    {
        var path = _calibrate.Write("d.csv", content);

        var answer = await CalibrateInFolder.RunAsync("diagnose", path);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Equal(Path.Combine(_calibrate.Folder, message), answer.Error.TrimEnd());
        Assert.Empty(answer.Output);
    }

    [Fact]
    public async Task A_missing_file_and_a_misspelt_option_are_different_mistakes()
    {
        var missing = await CalibrateInFolder.RunAsync("diagnose", "nowhere.csv");
        var option = await CalibrateInFolder.RunAsync("diagnose", "--nope");

        Assert.Equal((ExitCode.BadInput, "nowhere.csv: there is no such file."), (missing.Code, missing.Error.TrimEnd()));
        Assert.Equal(ExitCode.BadInput, option.Code);
        Assert.StartsWith("There is no option '--nope' here.", option.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _calibrate.Dispose();

    private static JsonDocument Reference() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "mcmc-diagnostics.json")));

    private static string Csv(JsonElement draws)
    {
        var rows = from chain in draws.EnumerateArray().Select((values, index) => (values, index))
                   from draw in chain.values.EnumerateArray().Select((value, index) => (value, index))
                   select string.Create(CultureInfo.InvariantCulture, $"{chain.index + 1},{draw.index + 1},{draw.value.GetRawText()}");
        return "chain,draw,x\n" + string.Join('\n', rows.Reverse()) + "\n";
    }

    private static void AssertAgrees(JsonElement expected, double tolerance, Answer answer)
    {
        Assert.Equal(ExitCode.Done, answer.Code);
        using var json = JsonDocument.Parse(answer.Output);
        var found = json.RootElement.GetProperty("x");
        foreach (var (ours, theirs) in Fields)
        {
            var want = expected.GetProperty(theirs).GetDouble();
            Assert.True(
                Math.Abs(found.GetProperty(ours).GetDouble() - want) <= tolerance * Math.Max(1, Math.Abs(want)),
                $"{ours}: found {found.GetProperty(ours)}, expected {want}");
        }
    }
}
