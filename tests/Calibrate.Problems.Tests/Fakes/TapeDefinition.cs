using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Tests.Fakes;

/// <summary>A model told by the key <c>tape</c>: its outputs are what the problem says, its parameters those that the problem has.</summary>
internal sealed class TapeDefinition : IModelDefinition
{
    public string Name => "tape";

    public int Version => 1;

    public string Description => "Plays a tape.";

    public bool IsDirect => true;

    public IReadOnlyList<ModelOption> Options { get; } =
    [
        new ModelOption("tape", OptionKind.Text, "What to play.") { Required = true },
        new ModelOption("files", OptionKind.FileList, "Files."),
        new ModelOption("wait", OptionKind.Duration, "Pause."),
        new ModelOption("outputs", OptionKind.Axes, "Outputs."),
    ];

    public ModelBinding Create(ModelOptions options, IDataFiles files) => Create(options, files, ModelContext.None);

    public ModelBinding Create(ModelOptions options, IDataFiles files, ModelContext context)
    {
        foreach (string path in options.Has("files") ? options.Texts("files") : [])
        {
            files.Read(path);
        }

        ModelSignature signature = new(
            [.. context.ParameterNames.Select(name => new ModelParameter(name))],
            options.Has("outputs") ? options.Axes("outputs") : [new OutputSignature("y")]);
        return new ForwardModelBinding(new ModelFactory(signature)) { Identity = [$"played with {options.Text("tape")}", $"pause {options.Duration("wait", TimeSpan.Zero)}"] };
    }

    private sealed class ModelFactory(ModelSignature signature) : IModelFactory
    {
        public ModelSignature Signature => signature;

        public IModel Create() => throw new NotSupportedException("only looked at");
    }
}
