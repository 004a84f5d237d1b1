using System.Globalization;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Exports.Hdf5;

/// <summary>
/// Writes draws as the file of emcee's <c>HDFBackend</c>: a group per ensemble, <c>mcmc</c> for the first exported and <c>mcmc_1</c>, <c>mcmc_2</c>, ...
/// for those after it, with <c>chain</c> <c>[iteration, walker, parameter]</c> in natural space, <c>log_prob</c>, <c>accepted</c>, and <c>blobs</c> for derived
/// quantities and recorded outputs.
/// </summary>
/// <remarks>Layout: emcee 3.1.4, <c>emcee/backends/hdf.py</c> (Foreman-Mackey et al. 2013, PASP 125, 306).</remarks>
internal sealed class EmceeExport : IRunExporter
{
    // emcee itself writes this attribute; its readers look at the layout, which has been the same since 3.0.
    private const string LayoutVersion = "3.1.4";

    private const int LargestChunk = 1 << 20;

    public ExportFormat Format { get; } = new(".h5", "HDF5 for emcee");

    public bool NeedsPosterior => true;

    public async Task<IReadOnlyList<string>> WriteAsync(ExportSource source, string path, PendingFiles files, CancellationToken cancellationToken)
    {
        using var file = Hdf5File.Create(Hdf5Library.OfThisMachine(), files.Add(path));
        string[] free = [.. source.Problem.SampledNames];
        string[] blobs = [.. source.Names.Skip(free.Length)];
        string[] columns = [RunReader.LogPosterior, .. free, .. blobs];
        var rowsPerChunk = Math.Clamp(LargestChunk / (sizeof(double) * source.Walkers * columns.Length), 1, source.DrawsPerChain);
        EnsembleGroup[] groups =
        [
            .. source.Ensembles.Select(ensemble => new EnsembleGroup(
                file.AddGroup(NameOf(source.PlaceOf(ensemble))), source, ensemble, free, blobs, rowsPerChunk)),
        ];
        var slabs = source.Slabs(columns, source.DrawsPerSlab(columns.Length, rowsPerChunk));
        await foreach (var slab in slabs.ReadAsync(cancellationToken))
        {
            groups[source.PlaceOf(slab.Ensemble)].Write(slab);
        }

        foreach (var group in groups)
        {
            group.WriteAccepted(slabs);
        }

        file.Close();
        return [];
    }

    private static string NameOf(int place) => place == 0 ? "mcmc" : string.Create(CultureInfo.InvariantCulture, $"mcmc_{place}");

    private sealed class EnsembleGroup
    {
        private readonly Hdf5Group group;
        private readonly ExportSource source;
        private readonly int ensemble;
        private readonly int free;
        private readonly int blobs;
        private readonly Hdf5Dataset chain;
        private readonly Hdf5Dataset logProbabilities;
        private readonly Hdf5Dataset? blobValues;
        private double[] buffer = [];

        public EnsembleGroup(Hdf5Group group, ExportSource source, int ensemble, string[] free, string[] blobs, int rowsPerChunk)
        {
            (this.group, this.source, this.ensemble, this.free, this.blobs) = (group, source, ensemble, free.Length, blobs.Length);
            var identity = source.Reader.State.Identity;
            var (draws, walkers, rows) = ((ulong)source.DrawsPerChain, (ulong)source.Walkers, (ulong)rowsPerChunk);
            group.SetAttribute("version", LayoutVersion);
            group.SetAttribute("nwalkers", (long)source.Walkers);
            group.SetAttribute("ndim", (long)free.Length);
            group.SetAttribute("has_blobs", blobs.Length > 0);
            group.SetAttribute("iteration", (long)source.DrawsPerChain);
            group.SetAttribute("random_state_0", "MT19937");
            group.SetAttribute("random_state_1", MersenneTwister.StateOf(unchecked((uint)identity.Seed + (uint)ensemble)));
            group.SetAttribute("random_state_2", (long)MersenneTwister.Words);
            group.SetAttribute("random_state_3", 0L);
            group.SetAttribute("random_state_4", 0.0);
            group.SetAttribute("parameters", free);
            group.SetAttribute("run", identity.Run);
            group.SetAttribute("ensemble", (long)ensemble);
            group.SetAttribute("first_iteration", (long)source.Reader.IterationOf(0));
            group.SetAttribute("thin", (long)source.Reader.Thin);
            group.SetAttribute("chain_fingerprint", identity.ChainFingerprint);
            chain = group.Add("chain", [draws, walkers, (ulong)free.Length], rows);
            logProbabilities = group.Add("log_prob", [draws, walkers], rows);
            blobValues = blobs.Length == 0 ? null : group.AddRecords("blobs", blobs, [draws, walkers], rows);
        }

        public void Write(DrawSlab slab)
        {
            ulong[] start = [(ulong)slab.FirstDraw, 0];
            ulong[] count = [(ulong)slab.Draws, (ulong)slab.Walkers];
            logProbabilities.Write(start, count, Records(slab, 0, 1));
            chain.Write([.. start, 0], [.. count, (ulong)free], Records(slab, 1, free));
            blobValues?.Write(start, count, Records(slab, 1 + free, blobs));
        }

        // The journal counts accepted steps by block. Where the blocks that hold the draws hold no other iterations, these are the counts; else they are
        // scaled, so that emcee's acceptance fraction, accepted / iteration, is that of the blocks.
        public void WriteAccepted(DrawSlabs slabs)
        {
            var accepted = slabs.Accepted(ensemble);
            var steps = slabs.Steps(ensemble);
            var scaled = new double[accepted.Length];
            for (var walker = 0; walker < scaled.Length; walker++)
            {
                scaled[walker] = (double)accepted[walker] * source.DrawsPerChain / steps;
            }

            group.Add("accepted", scaled);
        }

        private ReadOnlySpan<double> Records(DrawSlab slab, int first, int columns)
        {
            var count = slab.Draws * slab.Walkers * columns;
            Array.Resize(ref buffer, Math.Max(buffer.Length, count));
            DrawOrder.ToRecords(slab, first, columns, buffer);
            return buffer.AsSpan(0, count);
        }
    }
}
