using Calibrate.Problems.Data;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Problems.Models;

/// <summary>The models a problem file can name. Immutable; names are compared exactly.</summary>
public interface IModelCatalog
{
    /// <summary>Every name, in the order they are listed to the user.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Finds a model by name.</summary>
    /// <param name="name">The value of <c>model.name</c>.</param>
    /// <param name="definition">The model, when there is one.</param>
    bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IModelDefinition? definition);
}

/// <summary>A kind of model that a problem file can name: which options it takes, and how it is made from them.</summary>
public interface IModelDefinition
{
    /// <summary>The value of <c>model.name</c>: lower case, words joined by hyphens.</summary>
    string Name { get; }

    /// <summary>Raised whenever the same options and parameters give other numbers than before; part of every fingerprint.</summary>
    int Version { get; }

    /// <summary>One sentence for people.</summary>
    string Description { get; }

    /// <summary>What may stand under <c>model.options</c>; the reader checks it before <see cref="Create(ModelOptions, IDataFiles)"/> is called.</summary>
    IReadOnlyList<ModelOption> Options { get; }

    /// <summary>Makes the model.</summary>
    /// <param name="options">Values that fit <see cref="Options"/>.</param>
    /// <param name="files">Reads data files; their bytes become part of the problem's fingerprint.</param>
    /// <exception cref="ModelOptionException">An option's value does not make sense to the model.</exception>
    /// <exception cref="DataFileException">A data file is missing or malformed.</exception>
    ModelBinding Create(ModelOptions options, IDataFiles files);

    /// <summary>
    /// Whether the options stand directly under <c>model</c>, told by the option that bears the definition's name:
    /// <c>model: { command: [python3, model.py] }</c>. A definition with <c>true</c> has a required option of its own name.
    /// </summary>
    bool IsDirect => false;

    /// <summary>Makes the model for a problem; only models that take whatever parameters the problem has need to know them.</summary>
    /// <param name="options">Values that fit <see cref="Options"/>.</param>
    /// <param name="files">Reads data files; their bytes become part of the problem's fingerprint.</param>
    /// <param name="context">What else the problem says.</param>
    /// <exception cref="ModelOptionException">An option's value does not make sense to the model.</exception>
    /// <exception cref="DataFileException">A data file is missing or malformed.</exception>
    ModelBinding Create(ModelOptions options, IDataFiles files, ModelContext context) => Create(options, files);
}

/// <summary>What a problem says beside the model's options.</summary>
/// <param name="ParameterNames">
/// The keys of <c>parameters</c> in their order, without wildcards. Some of them may be meant for targets or ties only.
/// </param>
public sealed record ModelContext(IReadOnlyList<string> ParameterNames)
{
    /// <summary>Nothing is known.</summary>
    public static ModelContext None { get; } = new([]);

    /// <summary>
    /// The <see cref="ModelBinding.Introduction"/> that the same options led to before: a model that would be started or asked only to say what it is then
    /// need not be. Whoever evaluates makes sure that it is still the same. Null when there is none.
    /// </summary>
    public string? Introduction { get; init; }
}

/// <summary>What a definition makes: a forward model to compare with targets, or a density of its own.</summary>
public abstract record ModelBinding
{
    /// <summary>The parameters in the order the model receives them.</summary>
    public abstract IReadOnlyList<ModelParameter> Parameters { get; }

    /// <summary>
    /// What tells this model from others with the same options: digests of files it runs, the version it reported. Part of every fingerprint, so it
    /// must be the same wherever the same model runs.
    /// </summary>
    public IReadOnlyList<string> Identity { get; init; } = [];

    /// <summary>What the model said of itself when it was asked, to be remembered with the problem; null when nothing was asked.</summary>
    public string? Introduction { get; init; }
}

/// <summary>A forward model; its outputs are compared with the problem's targets.</summary>
/// <param name="Factory">Makes instances, one per slot.</param>
public sealed record ForwardModelBinding(IModelFactory Factory) : ModelBinding
{
    /// <inheritdoc/>
    public override IReadOnlyList<ModelParameter> Parameters => Factory.Signature.Parameters;
}

/// <summary>A log density; the problem has no targets.</summary>
/// <param name="Names">The parameters in the order the density receives them.</param>
/// <param name="Factory">Makes instances, one per slot.</param>
public sealed record LogDensityBinding(IReadOnlyList<ModelParameter> Names, ILogDensityFactory Factory) : ModelBinding
{
    /// <inheritdoc/>
    public override IReadOnlyList<ModelParameter> Parameters => Names;
}
