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

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(60)]
    public async Task Thinned_reading_gives_the_draws_of_a_thinned_run(int thin)
    {
        var all = await SampledRuns.SampleAsync();
        var thinned = await SampledRuns.SampleAsync(thin: thin);

        var selected = all.Select(discard: null, thin);

        Assert.Equal((thinned.DrawsPerChain, thinned.WarmUp, thin), (selected.DrawsPerChain, selected.WarmUp, selected.Thin));
        foreach (var name in all.Names)
        {
            Assert.Equal((await thinned.ReadAsync(name)).All.ToArray(), (await selected.ReadAsync(name)).All.ToArray());
        }
    }

    [Fact]
    public async Task Another_beginning_adds_or_leaves_out_draws_of_the_same_chain()
    {
        var reader = await SampledRuns.SampleAsync();
        var usual = await reader.ReadAsync("mu");

        var whole = await reader.Select(0, null).ReadAsync("mu");
        var late = await reader.Select(30, null).ReadAsync("mu");

        Assert.Equal((60, 48, 30), (whole.Iterations, usual.Iterations, late.Iterations));
        Assert.Equal((1, 13, 31), (reader.Select(0, null).IterationOf(0), reader.IterationOf(0), reader.Select(30, null).IterationOf(0)));
        for (var chain = 0; chain < usual.Chains; chain++)
        {
            Assert.Equal(usual.Chain(chain), whole.Chain(chain)[12..]);
            Assert.Equal(usual.Chain(chain)[18..], late.Chain(chain));
        }
    }

    [Fact]
    public async Task A_beginning_beyond_the_end_leaves_no_draws() =>
        Assert.Equal(0, (await SampledRuns.SampleAsync()).Select(1000, null).DrawsPerChain);

    [Theory]
    [InlineData(-1, null, "-1 iterations cannot be left out")]
    [InlineData(null, 0, "a multiple of 3 was expected")]
    [InlineData(null, 4, "Draws cannot be read 4 iterations apart: run 'short' kept them 3 apart")]
    public async Task Numbers_that_make_no_sense_are_refused(int? discard, int? thin, string message)
    {
        var reader = await SampledRuns.SampleAsync(thin: 3);

        Assert.Contains(message, Assert.Throws<RunRefusedException>(() => reader.Select(discard, thin)).Message, StringComparison.Ordinal);
    }
}
