using System.Diagnostics.CodeAnalysis;
using Calibrate.Problems.Data;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Tests.Fakes;

/// <summary>
/// Four models: a line, a standard normal density of any dimension, a line with options of every kind, and <c>tape</c>, whose options stand directly
/// under <c>model</c> and which takes the parameters that the problem has.
/// </summary>
internal sealed class FakeCatalog : IModelCatalog
{
    private readonly Dictionary<string, IModelDefinition> definitions = new(StringComparer.Ordinal)
    {
        ["line"] = new Definition("line", [], (_, _) => new ForwardModelBinding(new ModelFactory(() => new LineModel()))),
        ["bump"] = new Definition(
            "bump",
            [new ModelOption("dimension", OptionKind.Integer, "Number of parameters.")],
            (options, _) => options.Integer("dimension", 2) is var d && d < 1
                ? throw options.Invalid("dimension", $"{d}", "at least 1")
                : new LogDensityBinding([.. Enumerable.Range(1, d).Select(j => new ModelParameter($"x{j}"))], new Bump(d))),
        ["rich"] = new Definition(
            "rich",
            [
                new ModelOption("mode", OptionKind.Choice, "How.") { Required = true, Choices = ["fast", "slow"] },
                new ModelOption("step", OptionKind.Number, "Step."),
                new ModelOption("exact", OptionKind.Boolean, "Whether."),
                new ModelOption("note", OptionKind.Text, "Note."),
                new ModelOption("weights", OptionKind.NumberList, "Weights."),
                new ModelOption("matrix", OptionKind.NumberMatrix, "Matrix."),
                new ModelOption("agents", OptionKind.TextList, "Agents."),
                new ModelOption("names", OptionKind.TextMapping, "Names."),
                new ModelOption("input", OptionKind.Mapping, "Input.")
                {
                    Options = [new ModelOption("file", OptionKind.File, "File."), new ModelOption("column", OptionKind.Text, "Column.")],
                },
            ],
            CreateRich),
        ["tape"] = new TapeDefinition(),
    };

    public ModelOptions? LastOptions { get; private set; }

    public IReadOnlyList<string> Names => [.. definitions.Keys];

    public bool TryGet(string name, [NotNullWhen(true)] out IModelDefinition? definition)
    {
        bool found = definitions.TryGetValue(name, out definition);
        (definition as Definition)?.Created = options => LastOptions = options;
        return found;
    }

    private static ForwardModelBinding CreateRich(ModelOptions options, IDataFiles files)
    {
        ModelOptions input = options.Mapping("input");
        if (input.Has("file"))
        {
            files.ReadTable(input.Text("file")).Numbers(input.Text("column", "x"));
        }

        return new ForwardModelBinding(new ModelFactory(() => new LineModel()));
    }

    private sealed class Definition(
        string name, IReadOnlyList<ModelOption> options, Func<ModelOptions, IDataFiles, ModelBinding> create) : IModelDefinition
    {
        public Action<ModelOptions>? Created { get; set; }

        public string Name => name;

        public int Version => 1;

        public string Description => $"The model {name}.";

        public IReadOnlyList<ModelOption> Options => options;

        public ModelBinding Create(ModelOptions given, IDataFiles files)
        {
            Created?.Invoke(given);
            return create(given, files);
        }
    }

    private sealed class Bump(int dimension) : ILogDensityFactory, ILogDensity
    {
        public int Dimension => dimension;

        public ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
        {
            logDensities[..count].Clear();
            for (int i = 0; i < dimension * count; i++)
            {
                logDensities[i % count] -= 0.5 * points[i] * points[i];
            }
        }
    }
}
