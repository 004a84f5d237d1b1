using Calibrate.Problems.Methods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems.Building;

/// <summary>A problem before it is checked: what a problem file and <see cref="ProblemBuilder"/> both come to.</summary>
internal sealed class ProblemDraft
{
    public string Name { get; set; } = "problem";

    public string? Description { get; set; }

    /// <summary>The model; null when it could not be made, which is then a mistake already.</summary>
    public ModelBinding? Model { get; set; }

    /// <summary>The modules that hold the model's code.</summary>
    public List<System.Reflection.Module> ModelCode { get; } = [];

    /// <summary>What identifies the model and its options in the canonical text.</summary>
    public List<(string Key, string Value)> ModelIdentity { get; } = [];

    public List<Parameter> Parameters { get; } = [];

    public List<Target> Targets { get; } = [];

    public List<DerivedQuantity> Derived { get; } = [];

    public List<RecordEntry> Record { get; } = [];

    public MethodSpecification Method { get; set; } = new EnsembleSpecification();

    public ExecutionSpecification Execution { get; set; } = ExecutionSpecification.Default;

    /// <summary>Digests of files by their path in the problem, for the canonical text.</summary>
    public IReadOnlyDictionary<string, Fingerprint> FileDigests { get; set; } = new Dictionary<string, Fingerprint>(StringComparer.Ordinal);

    /// <summary>The bytes of everything that was read, by its path in the problem.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> FilesRead { get; set; } = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    public ProblemSource? Source { get; set; }
}
