using Calibrate.Problems.Targets;
using Calibrate.Reports.Predictive;

namespace Calibrate.Reports.Tests.Exports.NetCdf;

public class PredictiveGroupsTests
{
    private const string Read = "import read_with_xarray\ng = read_with_xarray.read(sys.argv[1])\n";

    [SkippableFact]
    public async Task Predictions_and_log_likelihoods_are_those_of_the_sample()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.nc");
        var sample = (await PredictiveSample.MakeAsync(run.Reader, run.Problem, new PredictiveSettings()))!;

        var values = PythonReader.Numbers(
            Read + "p, l = g['posterior_predictive'], g['log_likelihood']\nassert p['places'].dims == ('chain', 'draw', 'places_dim_0')\n"
            + "out(g['observed_data']['places'].values)\nout(p['places_dim_0'].values)\n[out(p[n].values) for n in ('ensemble', 'walker', 'iteration', 'places_mean', 'places')]\nout(l['places'].values)",
            run.PathOf("draws.nc"));

        Assert.Equal([1.2, 0.4, 0.9, 0, 1, 2], values[..6]);
        var rest = values[6..];
        Assert.Equal(12 * 200, rest.Length);
        Assert.Equal(sample.Places.Select(place => (double)(place.Chain / 6)), rest[..200]);
        Assert.Equal(sample.Places.Select(place => (double)(place.Chain % 6)), rest[200..400]);
        Assert.Equal(sample.Places.Select(place => (double)(place.Draw + 13)), rest[400..600]);
        Assert.Equal(sample.Targets[0].Predictions.Cast<double>(), rest[600..1200]);
        var logLikelihoods = new double[3];
        for (var draw = 0; draw < 200; draw++)
        {
            sample.Targets[0].Comparison.LogLikelihoods(rest.AsSpan(600 + (3 * draw), 3), [0.8, 0.8, 0.8], logLikelihoods);
            Assert.Equal(logLikelihoods, rest[(1800 + (3 * draw))..(1803 + (3 * draw))]);
        }

        AssertStandardNormal([.. rest[1200..1800].Zip(rest[600..1200], (replicate, mean) => (replicate - mean) / 0.8)]);
    }

    [SkippableFact]
    public async Task Correlated_errors_are_told_and_leave_the_rest()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync(builder => builder.Target(new Target("together", "y")
        {
            Times = [0, 1], Values = [1, 0.5], Covariance = [[1, 0.3], [0.3, 1]],
        }));

        var written = await run.ExportAsync("draws.nc");

        var variables = PythonReader.Text(
            Read + "print(sorted(g['posterior_predictive'].data_vars), sorted(g['log_likelihood'].data_vars), sorted(g['observed_data'].data_vars))", run.PathOf("draws.nc"));
        Assert.Equal("['places', 'places_mean', 'together_mean'] ['places'] ['places', 'together']", variables);
        Assert.Contains(written.Notes, note => note.StartsWith("log_likelihood holds no 'together': the errors of target 'together' are correlated", StringComparison.Ordinal));
        Assert.Contains(written.Notes, note => note.StartsWith("posterior_predictive holds 'together_mean' but not 'together'", StringComparison.Ordinal));
    }

    /// <summary>Six hundred numbers: mean within 5.5 / sqrt(n), variance within 5.5 * sqrt(2 / n) of theirs; false alarms below 1e-6.</summary>
    private static void AssertStandardNormal(double[] values)
    {
        Assert.Equal(600, values.Length);
        Assert.InRange(values.Average(), -0.225, 0.225);
        Assert.InRange(values.Average(value => value * value), 1 - 0.32, 1 + 0.32);
    }

    private static void SkipWithoutReaders()
    {
        InstalledLibraries.SkipWithout(".nc");
        PythonReader.SkipWithout("xarray", "netCDF4");
    }
}
