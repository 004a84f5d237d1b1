using Calibrate.Problems;
using Calibrate.Samples.Library;

namespace Calibrate.Samples.Tests;

/// <summary>samples/library: a problem built in C#, sampled and summarised.</summary>
public sealed class LibrarySampleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-library-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_problem_is_built_without_a_file()
    {
        Problem problem = CoolingProblem.Build();
        Assert.Equal(["rate", "start", "noise"], problem.SampledNames);
        Assert.Equal(["rate", "start", "noise", "drinkable"], problem.ReportedNames);
        Assert.Equal(["after_ten_minutes"], problem.RecordedNames);
        Assert.Null(problem.Source);
    }

    [Fact]
    public async Task It_finds_how_coffee_cools_and_does_not_start_twice()
    {
        string first = await RunAsync();
        string[] lines = first.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["rate", "start", "noise", "drinkable", "after_ten_minutes"], lines[..5].Select(l => l.Split(' ')[0]));

        // the data were made with a rate of 0.053 per minute and read to a few tenths of a degree
        Assert.InRange(MeanOf(lines[0]), 0.051, 0.055);
        Assert.InRange(MeanOf(lines[1]), 84, 86.5);
        Assert.InRange(MeanOf(lines[3]), 9, 10);
        Assert.StartsWith("chain ", lines[5], StringComparison.Ordinal);
        Assert.Equal(first, await RunAsync());
    }

    private static double MeanOf(string line) => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    private async Task<string> RunAsync()
    {
        TextWriter console = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            Assert.Equal(0, await Program.Main([folder]));
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString();
    }
}
