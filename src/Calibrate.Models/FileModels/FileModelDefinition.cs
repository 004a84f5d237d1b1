using Calibrate.Problems;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.FileModels;

/// <summary>Models that read input files and write output files, in the conventions of PEST: <c>model: { templates: {...}, run: [...], instructions: {...} }</c>.</summary>
public sealed class FileModelDefinition : IModelDefinition
{
    private const string Instructions = "instructions";
    private const string Run = "run";
    private const string MoreFiles = "files";
    private const string Outputs = "outputs";
    private const string Keep = "keep";

    /// <inheritdoc/>
    public string Name => "templates";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public string Description => "A command that reads files written from templates and writes files read by instructions, as with PEST.";

    /// <inheritdoc/>
    public bool IsDirect => true;

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        new("templates", OptionKind.TextMapping, "The input files of the command, each with the template (.tpl) it is written from.") { Required = true },
        new(Run, OptionKind.TextList, "The command: a program and its arguments.") { Required = true },
        new(Instructions, OptionKind.TextMapping, "The output files of the command, each with the instructions (.ins) by which it is read.") { Required = true },
        new(MoreFiles, OptionKind.FileList, "Further files that the command needs; those that it names itself need not be listed."),
        new(Outputs, OptionKind.Axes, "Outputs with their axes, cut from the observations in their order; one number per observation when not given."),
        new(Keep, OptionKind.Integer, "How many folders of failed evaluations stay, the newest ones; 1 when not given.") { Operational = true },
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files) => Create(options, files, ModelContext.None);

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(context);
        List<string> identity = [];
        (string Path, TemplateFile Template)[] templates = [.. options.TextMapping(Name)
            .Select(t => (Below(options, Name, t.Key), TemplateFile.Parse(t.Value, Remember(files, t.Value, identity).Span)))];
        (string Path, InstructionFile Instructions)[] results = [.. options.TextMapping(Instructions)
            .Select(t => (Below(options, Instructions, t.Key), InstructionFile.Parse(t.Value, Remember(files, t.Value, identity).Span)))];
        if (results.Length == 0 || options.Texts(Run).Count == 0)
        {
            throw options.Invalid(results.Length == 0 ? Instructions : Run, "nothing", results.Length == 0 ? "at least one output file" : "a command");
        }

        HashSet<string> exchanged = new([.. templates.Select(t => t.Path), .. results.Select(r => r.Path)], StringComparer.Ordinal);
        Dictionary<string, ReadOnlyMemory<byte>> bundled = BundledFiles(options, files, identity, exchanged);
        string command = options.Texts(Run)[0];
        if (command.Contains('/', StringComparison.Ordinal) && !Path.IsPathRooted(command) && !bundled.ContainsKey(Below(options, Run, command)))
        {
            throw options.Invalid(Run, $"'{command}', which is no file", "a program by its name, or a file beside the problem");
        }

        foreach (string path in results.Select(r => r.Path))
        {
            if (bundled.ContainsKey(path) || templates.Any(t => t.Path == path))
            {
                throw options.Invalid(Instructions, $"'{path}', which is there before the command runs", "files that the command writes: old results must not be taken for new ones");
            }
        }

        foreach ((_, TemplateFile template) in templates)
        {
            template.Bind(context.ParameterNames);
        }

        HashSet<string> named = new(templates.SelectMany(t => t.Template.Names), StringComparer.OrdinalIgnoreCase);
        string[] parameters = [.. context.ParameterNames.Where(named.Contains)];
        ModelSignature signature = new([.. parameters.Select(p => new ModelParameter(p))], OutputsOf(options, results));
        (string Path, TemplateFile Template, int[] Slots)[] inputs = [.. templates.Select(t => (t.Path, t.Template, t.Template.Bind(parameters)))];
        int[] widths = new int[parameters.Length];
        Array.Fill(widths, int.MaxValue);
        Array.ForEach(inputs, input => input.Template.Narrow(input.Slots, widths));
        FileModelProgram program = new(
            signature,
            options.Texts(Run),
            inputs,
            widths,
            results,
            bundled,
            Fingerprint.Of(string.Join('\n', [.. identity, .. options.Texts(Run)])).ToString()[..8],
            NumberKept(options));
        return new ForwardModelBinding(new FileModelFactory(program)) { Identity = identity };
    }

    private static int NumberKept(ModelOptions options)
    {
        int keep = options.Integer(Keep, 1);
        return keep is >= 0 and <= 1000 ? keep : throw options.Invalid(Keep, FormattableString.Invariant($"{keep}"), "0 to 1000 folders");
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> BundledFiles(ModelOptions options, IDataFiles files, List<string> identity, HashSet<string> exchanged)
    {
        Dictionary<string, ReadOnlyMemory<byte>> bundled = new(StringComparer.Ordinal);

        // An argument may name an input or output of the command, of which an old one may lie about.
        foreach (string path in options.Texts(Run).Where(word => !exchanged.Contains(word) && files.Has(word)))
        {
            bundled[Below(options, Run, path)] = Remember(files, path, identity);
        }

        if (options.Has(MoreFiles))
        {
            foreach (string path in options.Texts(MoreFiles))
            {
                bundled[Below(options, MoreFiles, path)] = Remember(files, path, identity);
            }
        }

        return bundled;
    }

    private static IReadOnlyList<OutputSignature> OutputsOf(ModelOptions options, (string Path, InstructionFile Instructions)[] results)
    {
        string[] names = [.. results.SelectMany(r => r.Instructions.Observations)];
        if (names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw options.Invalid(Instructions, $"the observation '{twice.Key}' twice", "every observation once, also where only the case differs");
        }

        if (!options.Has(Outputs))
        {
            return [.. names.Select(n => new OutputSignature(n))];
        }

        IReadOnlyList<OutputSignature> outputs = options.Axes(Outputs);
        int length = outputs.Sum(o => o.Length);
        return length == names.Length
            ? outputs
            : throw options.Invalid(Outputs, FormattableString.Invariant($"{length} values in all"), FormattableString.Invariant(
                $"one per observation: the instructions read {names.Length}"));
    }

    private static ReadOnlyMemory<byte> Remember(IDataFiles files, string path, List<string> identity)
    {
        ReadOnlyMemory<byte> bytes = files.Read(path);
        identity.Add($"{path} sha256:{Fingerprint.Of(bytes.Span)}");
        return bytes;
    }

    // Paths become places in the scratch folder, and none may lead out of it.
    private static string Below(ModelOptions options, string option, string path)
    {
        List<string> parts = [.. path.Split('/').Where(p => p is not ("" or "."))];
        return parts.Count > 0 && !parts.Contains("..") && !Path.IsPathRooted(path) && path.IndexOfAny(['\\', ':', '\0']) < 0
            ? string.Join('/', parts)
            : throw options.Invalid(option, $"'{path}'", "the path of a file in the folder of the run, with forward slashes");
    }
}
