using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Parameters;
using Calibrate.Reports.Predictive;

namespace Calibrate.Reports.Tests.Exports.NetCdf;

/// <summary>The file as Debian's xarray and netCDF4 read it.</summary>
public class InferenceDataExportTests
{
    private const string Read = "import read_with_xarray\ng = read_with_xarray.read(sys.argv[1])\n";

    [SkippableTheory]
    [InlineData(null, null, 48)]
    [InlineData(0, null, 60)]
    [InlineData(20, 10, 4)]
    public async Task The_posterior_is_what_we_read_to_the_last_bit(int? discard, int? thin, int draws)
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.nc", discard, thin);
        string[] names = ["mu", "lambda0", "total", ExportedRun.OddName];

        var values = PythonReader.Numbers(
            Read + "[out(g['posterior'][n].transpose('chain', 'draw').values) for n in sys.argv[2:]]\nout(g['sample_stats']['lp'].values)",
            [run.PathOf("draws.nc"), .. names]);

        Assert.Equal((names.Length + 1) * 12 * draws, values.Length);
        foreach (var (c, name) in names.Append(Calibrate.Runtime.Reading.RunReader.LogPosterior).Index())
        {
            Assert.Equal((await run.DrawsAsync(name, discard, thin)).All.ToArray(), values[(c * 12 * draws)..((c + 1) * 12 * draws)]);
        }
    }

    [SkippableFact]
    public async Task An_output_that_is_recorded_as_a_whole_has_its_axis()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.nc");

        var values = PythonReader.Numbers(Read + "y = g['posterior']['y']\nassert y.dims == ('chain', 'draw', 'y_dim_0'), y.dims\nout(y.values)\nout(y['y_dim_0'].values)", run.PathOf("draws.nc"));

        Assert.Equal([0, 1, 2], values[^3..]);
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal((await run.DrawsAsync($"y@{k}")).All.ToArray(), values[..^3].Where((_, i) => i % 3 == k));
        }
    }

    [SkippableFact]
    public async Task Chains_and_draws_say_which_walkers_and_iterations_they_are()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.nc", discard: 20, thin: 10, ensemble: 1);

        var values = PythonReader.Numbers(
            Read + "p = g['posterior']\nassert set(p.coords) >= {'ensemble', 'walker', 'iteration'}, p.coords\nassert 'walker' not in p.data_vars\n"
            + "[out(p[n].values) for n in ('chain', 'draw', 'ensemble', 'walker', 'iteration')]",
            run.PathOf("draws.nc"));

        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 1, 1, 1, 1, 1, 1, 0, 1, 2, 3, 4, 5, 30, 40, 50, 60], values);
    }

    [SkippableFact]
    public async Task Groups_have_attributes_units_and_labels()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.nc");

        var text = PythonReader.Text(
            Read + "import netCDF4\nr = netCDF4.Dataset(sys.argv[1])\np = g['posterior']\n"
            + "print(r.created_at, r.inference_library, p.attrs['run'], p.attrs['seed'], p.attrs['tuning_steps'], p['mu'].attrs['units'], p['lambda0'].attrs['long_name'], list(r.groups))",
            run.PathOf("draws.nc"));

        Assert.StartsWith("2026-11-22T06:07:08.000000+00:00 calibrate short 5 12 m decay rate ['posterior', 'sample_stats', 'prior'", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Acceptance_rates_are_shares_of_moves()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.nc", discard: 0);

        var rates = PythonReader.Numbers(Read + "out(g['sample_stats']['acceptance_rate'].values)", run.PathOf("draws.nc"));

        var draws = await run.DrawsAsync("mu", discard: 0);
        for (var chain = 0; chain < draws.Chains; chain++)
        {
            var moves = Enumerable.Range(1, draws.Iterations - 1).Count(i => draws.Values[(chain * draws.Iterations) + i] != draws.Values[(chain * draws.Iterations) + i - 1]);
            Assert.InRange(rates[chain] * 60, moves - 1e-9, moves + 1 + 1e-9);
        }
    }

    [SkippableFact]
    public async Task The_prior_is_drawn_with_the_seed_of_the_run()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.nc");

        var values = PythonReader.Numbers(Read + "[out(g['prior'][n].values) for n in ('mu', 'lambda0', 'total')]", run.PathOf("draws.nc"));

        var prior = PriorSample.Draw(run.Problem, 1000, seed: 5)!;
        Assert.Equal(prior.Natural.Select(draw => draw[0]), values[..1000]);
        Assert.Equal(prior.Natural.Select(draw => draw[1]), values[1000..2000]);
        Assert.Equal(prior.Derived.Select(draw => draw[0]), values[2000..]);
    }

    [SkippableFact]
    public async Task A_prior_that_cannot_be_drawn_from_is_left_out_and_told()
    {
        InstalledLibraries.SkipWithout(".nc");
        using var run = await ExportedRun.SampleAsync(builder => builder
            .Parameter(Parameter.Flat("offset") with { Bounds = new Support(0, double.PositiveInfinity) })
            .Derived(new Calibrate.Problems.DerivedQuantity("half", "offset / 2"))
            .Method(new Calibrate.Problems.Methods.EnsembleSpecification
            {
                Ensembles = 2, Walkers = 6, Iterations = 60, WarmUp = 12, Seed = 5,
                Initial = new Calibrate.Problems.Methods.InitialBall { Center = new Dictionary<string, double> { ["mu"] = 0, ["lambda0"] = 1, ["offset"] = 1 } },
            }));

        var written = await run.ExportAsync("draws.nc");

        Assert.Contains("There is no group 'prior': a flat prior without two finite bounds cannot be drawn from.", written.Notes);
    }

    [SkippableFact]
    public async Task The_sample_program_reads_it()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.nc");

        var text = PythonReader.Text("import read_with_xarray\nread_with_xarray.main(sys.argv[1])", run.PathOf("draws.nc"));

        Assert.Contains("run short of short problem, seed 5", text, StringComparison.Ordinal);
        Assert.Contains("lambda0", text, StringComparison.Ordinal);
    }

    private static void SkipWithoutReaders()
    {
        InstalledLibraries.SkipWithout(".nc");
        PythonReader.SkipWithout("xarray", "netCDF4");
    }
}
