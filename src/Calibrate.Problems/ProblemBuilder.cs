using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Building;
using Calibrate.Problems.Data;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems;

/// <summary>
/// Builds a problem in C#, without a file. Each call adds one piece; <see cref="Build"/> checks everything and reports all
/// mistakes at once, in the same words as for a problem file.
/// </summary>
/// <example>
/// <code>
/// Problem problem = new ProblemBuilder("line")
///     .Model(new LineFactory(), "line 1")
///     .Parameter("slope", new Normal(0, 1))
///     .Target(new Target("points", "y") { Times = [0, 1, 2], Values = [1, 3, 5], Sigmas = [0.1, 0.1, 0.1] })
///     .Build();
/// </code>
/// </example>
public sealed class ProblemBuilder
{
    private readonly ProblemDraft draft = new();

    /// <summary>Starts a problem.</summary>
    /// <param name="name">Its name.</param>
    public ProblemBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        draft.Name = name;
    }

    /// <summary>Says what the problem is about.</summary>
    /// <param name="text">For people.</param>
    public ProblemBuilder Description(string text) => With(() => draft.Description = text);

    /// <summary>Sets a forward model, whose outputs are compared with targets.</summary>
    /// <param name="factory">Makes instances, one per slot.</param>
    /// <param name="identity">
    /// What tells this model from others that give other numbers: name, version, settings. Part of the chain fingerprint.
    /// </param>
    public ProblemBuilder Model(IModelFactory factory, string identity)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return SetModel(new ForwardModelBinding(factory), identity);
    }

    /// <summary>Sets a log density instead of a forward model; the problem then has no targets.</summary>
    /// <param name="names">The parameters in the order the density receives them.</param>
    /// <param name="factory">Makes instances, one per slot.</param>
    /// <param name="identity">What tells this density from others. Part of the chain fingerprint.</param>
    public ProblemBuilder LogDensity(IReadOnlyList<string> names, ILogDensityFactory factory, string identity)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(factory);
        return SetModel(new LogDensityBinding([.. names.Select(n => new ModelParameter(n))], factory), identity);
    }

    /// <summary>Sets a model by its definition, as a problem file does.</summary>
    /// <param name="definition">The definition, for example one of the built-in models.</param>
    /// <param name="options">Its options; none when null.</param>
    /// <param name="files">Where its data files come from; needed when options name files.</param>
    /// <remarks>A model that takes whatever parameters the problem has takes those that were added before.</remarks>
    /// <exception cref="ModelOptionException">An option is missing or makes no sense.</exception>
    /// <exception cref="DataFileException">A data file is missing or malformed.</exception>
    public ProblemBuilder Model(IModelDefinition definition, ModelOptions? options = null, IDataFiles? files = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options ??= ModelOptions.None;
        draft.Model = definition.Create(options, files ?? NoDataFiles.Instance, new ModelContext([.. draft.Parameters.Select(p => p.Name)]));
        draft.ModelCode.Add(definition.GetType().Module);
        draft.ModelIdentity.Clear();
        draft.ModelIdentity.AddRange(ModelIdentity.Of(definition, options, files as IFilesRead, draft.Model));
        return this;
    }

    /// <summary>Adds a sampled parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="prior">Its prior.</param>
    public ProblemBuilder Parameter(string name, IDistribution prior) => Parameter(Parameters.Parameter.Free(name, prior));

    /// <summary>Adds a parameter.</summary>
    /// <param name="parameter">The parameter: free, tied or fixed.</param>
    public ProblemBuilder Parameter(Parameter parameter) => With(() => draft.Parameters.Add(parameter));

    /// <summary>Adds a target.</summary>
    /// <param name="target">The observations and how they are compared.</param>
    public ProblemBuilder Target(Target target) => With(() => draft.Targets.Add(target));

    /// <summary>Adds a quantity computed from draws.</summary>
    /// <param name="quantity">Its name and expression.</param>
    public ProblemBuilder Derived(DerivedQuantity quantity) => With(() => draft.Derived.Add(quantity));

    /// <summary>Keeps a model output per draw.</summary>
    /// <param name="selector"><c>output</c>, <c>output@2019</c>, <c>output@1990..2019</c>, or <c>outputs</c> for all there are.</param>
    /// <param name="name">What to call a single value; its selector when null.</param>
    public ProblemBuilder Record(string selector, string? name = null) => With(() => draft.Record.Add(new RecordEntry(selector, name)));

    /// <summary>Sets how the problem is solved; four ensembles from the prior when not called.</summary>
    /// <param name="method">The method.</param>
    public ProblemBuilder Method(MethodSpecification method) => With(() => draft.Method = method);

    /// <summary>Sets how the work is carried out.</summary>
    /// <param name="execution">The execution.</param>
    public ProblemBuilder Execution(ExecutionSpecification execution) => With(() => draft.Execution = execution);

    /// <summary>Checks everything and makes the problem.</summary>
    /// <exception cref="ProblemException">There are mistakes; all of them are listed.</exception>
    public Problem Build()
    {
        Mistakes mistakes = new();
        if (draft.Model is null)
        {
            mistakes.Add("model", "no model", "a call of Model or LogDensity");
        }

        Problem? problem = ProblemAssembly.Assemble(draft, mistakes);
        return problem ?? throw new ProblemException(mistakes.Errors);
    }

    private ProblemBuilder SetModel(ModelBinding model, string identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(identity);
        draft.Model = model;
        draft.ModelIdentity.Clear();
        draft.ModelIdentity.Add(("model", identity));
        return this;
    }

    private ProblemBuilder With(Action change)
    {
        change();
        return this;
    }
}
