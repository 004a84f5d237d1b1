using System.Text;
using Calibrate.Problems;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Processes;

/// <summary>
/// A model that is a program in any language: <c>model: { command: [python3, model.py] }</c>. The protocol is in
/// <c>docs/formats/process-model.md</c>.
/// </summary>
public sealed class ProcessDefinition : IModelDefinition
{
    private const string Command = "command";
    private const string Files = "files";
    private const string Parameters = "parameters";
    private const string Outputs = "outputs";
    private const string StartTimeout = "start_timeout";
    private const string Restarts = "restarts";
    private const string Batch = "batch";
    private const int MostRestarts = 100;

    // Axes of a hundred thousand values would fill journals for the sake of a start.
    private const int LongestIntroduction = 256 * 1024;

    /// <inheritdoc/>
    public string Name => Command;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool IsDirect => true;

    /// <inheritdoc/>
    public string Description => "A program in any language that reads parameters and writes outputs, one line of JSON each.";

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        new(Command, OptionKind.TextList, "The program and its arguments; files of the problem among them go with it.") { Required = true },
        new(Files, OptionKind.FileList, "More files that the program needs in its folder."),
        new(Parameters, OptionKind.TextList, "Parameters in the order the program receives them; those of the problem when not given."),
        new(Outputs, OptionKind.Axes, "Outputs with their axes; asked of the program when not given."),
        new(StartTimeout, OptionKind.Duration, "How long the program may take to start; 60 s when not given.") { Operational = true },
        new(Restarts, OptionKind.Integer, "Starts in a row that may fail before the run ends, 1 to 100; 3 when not given.") { Operational = true },
        new(Batch, OptionKind.Integer, "Most points per request, 1 to 4096; as many as the program takes when not given.") { Operational = true },
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files) => Create(options, files, ModelContext.None);

    /// <inheritdoc/>
    /// <remarks>Starts the program to ask for its outputs, unless the problem gives them or it was asked before.</remarks>
    public ModelBinding Create(ModelOptions options, IDataFiles files, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(context);
        ProcessProgram program = ProgramOf(options, files, context);
        ChildSource source = new(program);
        IEnumerable<string> identity = program.Files.OrderBy(file => file.Key, StringComparer.Ordinal)
            .Select(file => $"file {file.Key} sha256:{Fingerprint.Of(file.Value.Span)}");
        ModelParameter[] parameters = [.. program.Parameters.Select(name => new ModelParameter(name))];
        if (program.Outputs.Count > 0)
        {
            int preferred = options.Has(Batch) ? program.LargestBatch : 1;
            return new ForwardModelBinding(new ProcessModelFactory(source, new ModelSignature(parameters, program.Outputs), preferred)) { Identity = [.. identity] };
        }

        ModelReport report = TryRemember(source, context.Introduction) ?? Introduce(source, options);
        string[] all = [.. identity, $"model {report.Model} version {report.Version}"];
        string? introduction = report.Line.Length <= LongestIntroduction ? report.Line : null;
        return report.IsLogDensity
            ? new LogDensityBinding(parameters, new ProcessLogDensityFactory(source)) { Identity = all, Introduction = introduction }
            : new ForwardModelBinding(new ProcessModelFactory(source, new ModelSignature(parameters, report.Outputs), Math.Min(report.Batch, program.LargestBatch)))
            {
                Identity = [.. all, DigestOf(report.Outputs)],
                Introduction = introduction,
            };
    }

    private static ProcessProgram ProgramOf(ModelOptions options, IDataFiles files, ModelContext context)
    {
        IReadOnlyList<string> command = options.Texts(Command);
        if (command.Count == 0 || command[0].Length == 0)
        {
            throw options.Invalid(Command, "no program", "a list of the program and its arguments, such as [python3, model.py]");
        }

        if (command.Any(part => part.Contains('\0', StringComparison.Ordinal)))
        {
            throw options.Invalid(Command, "a character of code 0", "texts that can be arguments of a program");
        }

        Dictionary<string, ReadOnlyMemory<byte>> own = new(StringComparer.Ordinal);
        foreach (string path in (options.Has(Files) ? options.Texts(Files) : []).Concat(command.Where(files.Has)))
        {
            own[path] = files.Read(path);
        }

        return new ProcessProgram(command, own, ParametersOf(options, context))
        {
            Outputs = options.Has(Outputs) ? options.Axes(Outputs) : [],
            StartTimeout = PositiveTime(options),
            Restarts = WholeNumber(options, Restarts, 3, MostRestarts),
            LargestBatch = WholeNumber(options, Batch, ProcessProgram.MostPoints, ProcessProgram.MostPoints),
        };
    }

    private static IReadOnlyList<string> ParametersOf(ModelOptions options, ModelContext context)
    {
        IReadOnlyList<string> names = options.Has(Parameters) ? options.Texts(Parameters) : context.ParameterNames;
        if (names.Count == 0)
        {
            throw options.Invalid(
                Parameters, options.Has(Parameters) ? "an empty list" : "nothing, and no parameter of the problem has a full name", "a list of the parameters that the program receives");
        }

        return names.Distinct(StringComparer.Ordinal).Count() == names.Count
            ? names
            : throw options.Invalid(Parameters, "a name that stands there twice", "every parameter once");
    }

    private static TimeSpan PositiveTime(ModelOptions options)
    {
        TimeSpan time = options.Duration(StartTimeout, TimeSpan.FromSeconds(60));
        return time > TimeSpan.Zero && time <= TimeSpan.FromDays(1)
            ? time
            : throw options.Invalid(StartTimeout, FormattableString.Invariant($"{time.TotalSeconds:0.###} s"), "a time of more than nothing and at most a day");
    }

    private static int WholeNumber(ModelOptions options, string name, int fallback, int most)
    {
        int number = options.Integer(name, fallback);
        return number >= 1 && number <= most
            ? number
            : throw options.Invalid(name, FormattableString.Invariant($"{number}"), FormattableString.Invariant($"a whole number from 1 to {most}"));
    }

    private static ModelReport? TryRemember(ChildSource source, string? introduction)
    {
        if (introduction is null)
        {
            return null;
        }

        try
        {
            ModelReport report = ProcessHandshake.Read(Encoding.UTF8.GetBytes(introduction));
            source.Remember(report);
            return report;
        }
        catch (Exception exception) when (exception is ProtocolBreachException or ModelRefusalException)
        {
            // what another model said, or what another version of Calibrate understood
            return null;
        }
    }

    private static ModelReport Introduce(ChildSource source, ModelOptions options)
    {
        try
        {
            return source.Introduce();
        }
        catch (ChildStartException exception)
        {
            throw options.Invalid(Command, $"a program that does not come to life ({exception.Message.TrimEnd('.')})", "one that answers the handshake of docs/formats/process-model.md");
        }
        catch (ModelRefusalException refusal)
        {
            throw options.Invalid(Command, $"a model that refuses to work ({refusal.Message.TrimEnd('.')})", "one that can work with the parameters and outputs of the problem");
        }
    }

    // Where values stand decides what they are compared with: another axis is another model.
    private static string DigestOf(IReadOnlyList<OutputSignature> outputs) => "outputs sha256:" + Fingerprint.Of(string.Join(
        '\n', outputs.Select(output => output.Name + ": " + string.Join(' ', (output.Axis ?? []).Select(place => FormattableString.Invariant($"{place:R}"))))));
}
