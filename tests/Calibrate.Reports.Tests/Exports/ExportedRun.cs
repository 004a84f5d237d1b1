using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;
using Calibrate.Reports.Exports;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;

namespace Calibrate.Reports.Tests.Exports;

/// <summary>
/// A short run with everything that formats must cope with: two ensembles, a transformed parameter, derived quantities, an output that is a
/// vector, and an output whose name holds a comma and is not ASCII. And a folder to export it to.
/// </summary>
internal sealed class ExportedRun : IDisposable
{
    public const int Ensembles = 2;
    public const int Walkers = 6;
    public const int Iterations = 60;
    public const int WarmUp = 12;
    public const int Draws = Iterations - WarmUp;
    public const string OddName = "mass, Δ 'total'";

    private ExportedRun(Problem problem, RunReader reader) => (Problem, Reader) = (problem, reader);

    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 6, 7, 8, TimeSpan.Zero);

    public string Folder { get; } = Directory.CreateTempSubdirectory("calibrate-export-").FullName;

    public Problem Problem { get; }

    public RunReader Reader { get; }

    public static async Task<ExportedRun> SampleAsync(Func<ProblemBuilder, ProblemBuilder>? change = null, bool plain = false)
    {
        var journal = new InMemoryJournal();
        var run = RunId.Parse("short");
        foreach (var iterations in (int[])[17, 41, Iterations])
        {
            await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(run, Build(change, plain, iterations)));
        }

        var problem = Build(change, plain, Iterations);
        return new ExportedRun(problem, await RunReader.OpenAsync(journal, run, problem));
    }

    /// <summary>A run that is opened for reading after 41 iterations, and goes on before it is exported.</summary>
    public static async Task<ExportedRun> OpenWhileItGoesOnAsync()
    {
        var journal = new InMemoryJournal();
        var run = RunId.Parse("short");
        var problem = Build(null, plain: false, 41);
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(run, problem));
        var reader = await RunReader.OpenAsync(journal, run, problem);
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(run, Build(null, plain: false, Iterations)));
        return new ExportedRun(problem, reader);
    }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public Task<ExportResult> ExportAsync(string file, int? discard = null, int? thin = null, int? ensemble = null, CancellationToken cancellation = default) =>
        RunExport.WriteAsync(Reader, Problem, new ExportOptions(PathOf(file)) { Discard = discard, Thin = thin, Ensemble = ensemble }, new FrozenTime(), cancellation);

    public Task<DrawMatrix> DrawsAsync(string name, int? discard = null, int? thin = null) => Reader.Select(discard, thin).ReadAsync(name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static Problem Build(Func<ProblemBuilder, ProblemBuilder>? change, bool plain, int iterations)
    {
        var builder = new ProblemBuilder("short problem")
            .Model(new CurveFactory(), "curve")
            .Parameter(Parameter.Free("mu", new Normal(0, 2)) with { Unit = "m" })
            .Parameter(Parameter.Free("lambda0", new LogNormal(0, 1)) with { Transform = ParameterTransform.Log, Label = "decay rate" })
            .Target(new Target("places", "y") { Times = [0, 1, 2], Values = [1.2, 0.4, 0.9], Sigmas = [0.8, 0.8, 0.8] })
            .Method(new EnsembleSpecification { Ensembles = Ensembles, Walkers = Walkers, Iterations = iterations, WarmUp = WarmUp, Seed = 5 });
        if (!plain)
        {
            builder = builder.Derived(new DerivedQuantity("total", "mu + lambda0")).Record("outputs");
        }

        return (change?.Invoke(builder) ?? builder).Build();
    }

    private sealed class CurveFactory : IModelFactory, IModel
    {
        public ModelSignature Signature { get; } = new(
            [new ModelParameter("mu"), new ModelParameter("lambda0")],
            [new OutputSignature("y", [0, 1, 2], "K"), new OutputSignature(OddName)]);

        public IModel Create() => this;

        public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
        {
            for (var t = 0; t < 3; t++)
            {
                output[0][t] = parameters[0] * Math.Exp(-parameters[1] * t);
            }

            output[1][0] = parameters[0] * parameters[1];
        }
    }

    private sealed class FrozenTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
