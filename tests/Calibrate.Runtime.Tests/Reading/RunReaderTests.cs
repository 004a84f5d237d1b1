using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Reading;

public class RunReaderTests
{
    private static readonly RunId Run = RunId.Parse("read");

    private readonly InMemoryJournal journal = new();

    [Fact]
    public async Task Single_draws_are_those_of_whole_columns()
    {
        var problem = new ConjugateProblem { Iterations = 300 }.Build();
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(Run, problem));
        var reader = await RunReader.OpenAsync(journal, Run, problem);
        string[] names = ["mu", "twice", "y@2", RunReader.LogPosterior];
        var columns = await reader.ReadAsync(names);
        DrawPlace[] places = [new(31, 239), new(0, 0), new(17, 5), new(17, 5), new(16, 120), new(3, 120)];

        var read = await reader.ReadAtAsync(names, places);

        Assert.Equal(places.SelectMany(place => columns.Select(column => column.Chain(place.Chain)[place.Draw])), read.SelectMany(row => row));
        Assert.Empty(await reader.ReadAtAsync(names, []));
    }

    [Fact]
    public async Task The_first_draw_comes_right_after_the_warm_up()
    {
        var problem = TestProblems.FiveMoves;
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(Run, problem));

        var reader = await RunReader.OpenAsync(journal, Run, problem);

        // A fifth of 60 is warm-up; every seventh iteration is kept.
        Assert.Equal(12, reader.WarmUp);
        Assert.Equal(14, reader.FirstDrawnIteration);
        Assert.Equal(reader.DrawsPerChain, Enumerable.Range(13, 48).Count(iteration => iteration % 7 == 0));
    }
}
