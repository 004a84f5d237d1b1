using System.Globalization;
using Calibrate.Problems.Building;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems;

/// <summary>
/// A model, its parameters with priors, the targets it is compared with, and how to solve it. Immutable and validated:
/// made from a file by <c>ProblemFile</c> or in C# by <c>ProblemBuilder</c>.
/// </summary>
public sealed class Problem
{
    private Problem(Problem other)
    {
        Name = other.Name;
        Description = other.Description;
        Parameters = other.Parameters;
        Space = other.Space;
        Model = other.Model;
        Likelihood = other.Likelihood;
        SampledNames = other.SampledNames;
        NaturalNames = other.NaturalNames;
        RecordedNames = other.RecordedNames;
        SummarisedNames = other.SummarisedNames;
        RecordedRows = other.RecordedRows;
        Signature = other.Signature;
        Derived = other.Derived;
        Targets = other.Targets;
        ReportedNames = other.ReportedNames;
        Method = other.Method;
        Execution = other.Execution;
        Source = other.Source;
        definitionText = other.definitionText;
        evaluatedText = other.evaluatedText;
        FilesRead = other.FilesRead;
    }

    internal Problem(ProblemParts parts)
    {
        Name = parts.Name;
        Description = parts.Description;
        Parameters = parts.Parameters;
        Space = parts.Space;
        Model = parts.Model;
        Likelihood = parts.Likelihood;
        SampledNames = parts.SampledNames;
        NaturalNames = parts.NaturalNames;
        RecordedNames = parts.RecordedNames;
        Derived = parts.Derived;
        Targets = parts.Targets;
        ReportedNames = [.. SampledNames, .. Derived.Names];
        SummarisedNames = [.. ReportedNames, .. RecordedNames.Take(parts.ChosenRecorded)];
        RecordedRows = parts.RecordedRows;
        Signature = parts.Signature;
        Method = parts.Method;
        Execution = parts.Execution;
        Source = parts.Source;
        definitionText = parts.DefinitionText;
        evaluatedText = parts.EvaluatedText;
        FilesRead = parts.FilesRead;
    }

    private readonly string definitionText;
    private readonly string evaluatedText;

    /// <summary>The problem's name; the file's stem when the file does not say.</summary>
    public string Name { get; private init; }

    /// <summary>What the problem is about, for people.</summary>
    public string? Description { get; }

    /// <summary>Every parameter in the order of the problem.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Priors, transforms, ties and fixed values.</summary>
    public IParameterSpace Space { get; }

    /// <summary>The model alone, without targets.</summary>
    public ModelBinding Model { get; }

    /// <summary>Makes likelihoods, one per slot.</summary>
    public ILikelihoodFactory Likelihood { get; }

    /// <summary>The free parameters in the order of the sampled space.</summary>
    public IReadOnlyList<string> SampledNames { get; }

    /// <summary>All parameters in the order of the natural space.</summary>
    public IReadOnlyList<string> NaturalNames { get; }

    /// <summary>The model outputs kept per draw, in the order the likelihood records them.</summary>
    public IReadOnlyList<string> RecordedNames { get; }

    /// <summary>What the model is compared with; none for a log density.</summary>
    public IReadOnlyList<TargetSummary> Targets { get; }

    /// <summary>The quantities computed from draws.</summary>
    public DerivedQuantities Derived { get; }

    /// <summary>What a summary reports: the free parameters, then the derived quantities.</summary>
    public IReadOnlyList<string> ReportedNames { get; }

    /// <summary>
    /// What a summary tells of: <see cref="ReportedNames"/>, then the recorded outputs that were asked for one by one. Those that
    /// <c>record: outputs</c> adds are kept to be read, not to fill tables.
    /// </summary>
    public IReadOnlyList<string> SummarisedNames { get; }

    /// <summary>The model's parameters and outputs; null for a log density.</summary>
    public ModelSignature? Signature { get; }

    /// <summary>Where the recorded outputs stand among all output values of the model, in the order of <see cref="RecordedNames"/>.</summary>
    internal IReadOnlyList<int> RecordedRows { get; }

    /// <summary>How the problem is to be solved.</summary>
    public MethodSpecification Method { get; private init; }

    /// <summary>How the work is carried out.</summary>
    public ExecutionSpecification Execution { get; private init; }

    /// <summary>The file it came from; null when it was built in C#.</summary>
    public ProblemSource? Source { get; }

    /// <summary>The bytes of every data file that was read for it, by the path that the problem gives.</summary>
    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>> FilesRead { get; }

    /// <summary>
    /// Everything that decides the chain except the seed, one <c>key = value</c> line each: model, parameters, targets with
    /// the digests of their data, outputs, method. Without name, iterations, warm-up, stop rule, execution, units and labels.
    /// </summary>
    public string CanonicalText => definitionText + CanonicalMethod.Lines(Method, Space.Dimension);

    /// <summary>What a resumed run must agree with: the canonical text and the seed.</summary>
    /// <param name="seed">The seed of the run.</param>
    public Fingerprint ChainFingerprint(ulong seed) =>
        Fingerprint.Of(CanonicalText + "seed = " + seed.ToString(CultureInfo.InvariantCulture) + "\n");

    /// <summary>
    /// What a worker must agree with that evaluates for this problem: model, options, data, targets, likelihood, natural parameters, recorded
    /// outputs, and the code that computes them. Problems that differ in priors, transforms, method, derived quantities or execution share it.
    /// </summary>
    /// <param name="build">Identity of the code that evaluates.</param>
    public Fingerprint ModelFingerprint(string build)
    {
        ArgumentException.ThrowIfNullOrEmpty(build);
        return Fingerprint.Of($"{evaluatedText}build = {build.ReplaceLineEndings(" ")}\n");
    }

    /// <summary>The same problem under another name.</summary>
    /// <param name="name">The new name.</param>
    public Problem WithName(string name) => new(this) { Name = name };

    /// <summary>The same problem solved in another way, for example with more iterations.</summary>
    /// <param name="method">The new method.</param>
    /// <exception cref="ProblemException">The method's settings do not fit the problem.</exception>
    public Problem WithMethod(MethodSpecification method)
    {
        ArgumentNullException.ThrowIfNull(method);
        Mistakes mistakes = new();
        MethodChecks.Check(method, Parameters, mistakes);
        mistakes.ThrowIfAny();
        return new Problem(this) { Method = method };
    }

    /// <summary>The same problem carried out in another way.</summary>
    /// <param name="execution">The new execution.</param>
    /// <exception cref="ProblemException">The execution's settings make no sense.</exception>
    public Problem WithExecution(ExecutionSpecification execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        Mistakes mistakes = new();
        MethodChecks.Check(execution, mistakes);
        mistakes.ThrowIfAny();
        return new Problem(this) { Execution = execution };
    }
}

/// <summary>The validated pieces a problem is put together from.</summary>
internal sealed record ProblemParts(
    string Name,
    string? Description,
    IReadOnlyList<Parameter> Parameters,
    IParameterSpace Space,
    ModelBinding Model,
    ILikelihoodFactory Likelihood,
    IReadOnlyList<string> SampledNames,
    IReadOnlyList<string> NaturalNames,
    IReadOnlyList<string> RecordedNames,
    int ChosenRecorded,
    IReadOnlyList<int> RecordedRows,
    ModelSignature? Signature,
    DerivedQuantities Derived,
    IReadOnlyList<TargetSummary> Targets,
    MethodSpecification Method,
    ExecutionSpecification Execution,
    string DefinitionText,
    string EvaluatedText,
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> FilesRead,
    ProblemSource? Source);
