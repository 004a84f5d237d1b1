using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Fakes;

/// <summary>Reads problems from text.</summary>
internal static class Read
{
    /// <summary>A line with a target, to which tests add.</summary>
    public const string Line = """
        model: line
        parameters:
          slope: { prior: normal(0, 1) }
        targets:
          t: { output: y, times: [2000, 2001, 2002], values: [1, 2, 3], sigma: 0.5 }
        """;

    public static Problem Problem(string text, MemoryFiles? files = null, params string[] overrides)
    {
        Problem? problem = new ProblemReader(new FakeCatalog(), files ?? new MemoryFiles())
            .Read(new ProblemSource("/p.yaml", text, overrides), "p.yaml", "p", out IReadOnlyList<ProblemError> errors);
        Assert.Empty(errors);
        return problem!;
    }

    public static string[] Errors(string text, MemoryFiles? files = null, params string[] overrides)
    {
        Problem? problem = new ProblemReader(new FakeCatalog(), files ?? new MemoryFiles())
            .Read(new ProblemSource("/p.yaml", text, overrides), "p.yaml", "p", out IReadOnlyList<ProblemError> errors);
        Assert.Equal(problem is null, errors.Count > 0);
        return [.. errors.Select(e => e.ToString())];
    }
}
