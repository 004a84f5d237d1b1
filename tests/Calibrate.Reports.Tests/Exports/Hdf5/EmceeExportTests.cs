namespace Calibrate.Reports.Tests.Exports.Hdf5;

/// <summary>The file as emcee's own backend reads it.</summary>
public class EmceeExportTests
{
    private const string Open = "import read_with_emcee\nb = lambda n='mcmc': read_with_emcee.backend(sys.argv[1], n)\n";

    [SkippableTheory]
    [InlineData("mcmc", 0, null, null, 48)]
    [InlineData("mcmc_1", 1, 0, null, 60)]
    [InlineData("mcmc_1", 1, 20, 10, 4)]
    public async Task The_chain_is_what_we_read_to_the_last_bit(string group, int ensemble, int? discard, int? thin, int draws)
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.h5", discard, thin);

        var values = PythonReader.Numbers(
            Open + "c = b(sys.argv[2])\nout(c.get_chain())\nout(c.get_log_prob())\nout(c.get_blobs()['total'])\nout(c.get_blobs()[sys.argv[3]])",
            run.PathOf("draws.h5"), group, ExportedRun.OddName);

        var size = draws * 6;
        Assert.Equal(5 * size, values.Length);
        await AssertSame(values[..(2 * size)].Where((_, i) => i % 2 == 0), "mu");
        await AssertSame(values[..(2 * size)].Where((_, i) => i % 2 == 1), "lambda0");
        await AssertSame(values[(2 * size)..(3 * size)], Calibrate.Runtime.Reading.RunReader.LogPosterior);
        await AssertSame(values[(3 * size)..(4 * size)], "total");
        await AssertSame(values[(4 * size)..], ExportedRun.OddName);

        async Task AssertSame(IEnumerable<double> found, string name)
        {
            var expected = await run.DrawsAsync(name, discard, thin);
            Assert.Equal(Enumerable.Range(0, size).Select(i => expected.Chain((ensemble * 6) + (i % 6))[i / 6]), found);
        }
    }

    [SkippableFact]
    public async Task Accepted_steps_are_exact_when_every_iteration_is_exported()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.h5", discard: 0);

        var values = PythonReader.Numbers(Open + "out(b().accepted)\nout(b().get_chain()[:, :, 0])", run.PathOf("draws.h5"));

        Assert.All(values[..6], accepted => Assert.Equal(Math.Round(accepted), accepted));
        for (var walker = 0; walker < 6; walker++)
        {
            var moves = Enumerable.Range(1, 59).Count(i => values[6 + (i * 6) + walker] != values[6 + ((i - 1) * 6) + walker]);
            Assert.InRange(values[walker] - moves, 0, 1);
        }
    }

    [SkippableFact]
    public async Task Attributes_are_those_of_emcee()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.h5", ensemble: 1);

        var text = PythonReader.Text(
            Open + "import numpy\nc = b()\ns = c.random_state\nt = numpy.random.RandomState(6).get_state()\n"
            + "print(c.shape, c.iteration, bool(c.has_blobs()), c.initialized, s[0] == t[0], (s[1] == t[1]).all(), s[2:] == list(t[2:]), read_with_emcee.parameters(sys.argv[1]), read_with_emcee.groups(sys.argv[1]))",
            run.PathOf("draws.h5"));

        Assert.Equal("(6, 2) 48 True True True True True ['mu', 'lambda0'] ['mcmc']", text);
    }

    [SkippableFact]
    public async Task Emcee_goes_on_from_it()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.h5");

        var text = PythonReader.Text(
            "import emcee, numpy\nb = emcee.backends.HDFBackend(sys.argv[1])\nlast = b.get_last_sample()\n"
            + "dt = b.get_blobs().dtype\n"
            + "log = lambda x: (-0.5 * (x ** 2).sum(), *numpy.zeros(len(dt.names)))\n"
            + "s = emcee.EnsembleSampler(6, 2, log, backend=b, blobs_dtype=[(n, float) for n in dt.names])\n"
            + "s.run_mcmc(emcee.State(last.coords), 5)\nprint(b.iteration, b.get_chain().shape, numpy.isfinite(b.get_chain()).all())",
            run.PathOf("draws.h5"));

        Assert.Equal("53 (53, 6, 2) True", text);
    }

    [SkippableFact]
    public async Task Without_derived_and_recorded_quantities_there_are_no_blobs()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync(plain: true);
        await run.ExportAsync("draws.h5");

        Assert.Equal("False None", PythonReader.Text(Open + "print(bool(b().has_blobs()), b().get_blobs())", run.PathOf("draws.h5")));
    }

    [SkippableFact]
    public async Task The_sample_program_reads_it()
    {
        SkipWithoutReaders();
        using var run = await ExportedRun.SampleAsync();
        await run.ExportAsync("draws.h5");

        var text = PythonReader.Text("import read_with_emcee\nread_with_emcee.main(sys.argv[1])", run.PathOf("draws.h5"));

        Assert.Contains("mcmc_1: 48 iterations of 6 walkers", text, StringComparison.Ordinal);
        Assert.Contains("  lambda0: mean ", text, StringComparison.Ordinal);
    }

    private static void SkipWithoutReaders()
    {
        InstalledLibraries.SkipWithout(".h5");
        PythonReader.SkipWithout("h5py", "emcee");
    }
}
