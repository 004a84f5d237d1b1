using System.Globalization;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.UmBridge;

/// <summary>
/// The model <c>umbridge</c> of problem files: a service that speaks version 1.0 of the UM-Bridge protocol (Seelinger et al. 2023, UM-Bridge:
/// Uncertainty quantification and modeling bridge, Journal of Open Source Software 8(83), 4748).
/// </summary>
public sealed class UmBridgeDefinition : IModelDefinition
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "umbridge";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Description => "A model behind a UM-Bridge server, or the same model behind several.";

    /// <inheritdoc/>
    public bool IsDirect => true;

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        new("umbridge", OptionKind.Text, "Address of a UM-Bridge server, such as http://localhost:4242.") { Required = true, Operational = true },
        new("urls", OptionKind.TextList, "Addresses of further servers of the same model.") { Operational = true },
        new("name", OptionKind.Text, "The model's name on the server; may be left out when the server has only one."),
        new("parameters", OptionKind.TextList, "Parameters in the order of the model's inputs; the problem's own, in their order, when not given."),
        new("outputs", OptionKind.Axes, "Outputs in the order of the model's, with their axes; output_0, output_1, ... when not given."),
        new("log_density", OptionKind.Boolean, "Whether the model's one output is the log density itself; false when not given."),
        new("config", OptionKind.TextMapping, "Settings that are sent with every request; numbers, true and false arrive as such."),
        new("version", OptionKind.Text, "Whatever tells this state of the model from others: change it when the model changes."),
        new("timeout", OptionKind.Duration, "Longest time for one answer; 600 s when not given.") { Operational = true },
        new("patience", OptionKind.Duration, "How long to go on asking when no server answers, before the run stops; 300 s when not given.") { Operational = true },
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files) => Create(options, files, ModelContext.None);

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        Uri[] addresses = [AddressOf(options, "umbridge", options.Text("umbridge")), .. Further(options)];
        string config = options.Has("config") ? UmBridgeRequest.ConfigOf(options.TextMapping("config")) : "{}";
        UmBridgePatience patience = new(Positive(options, "timeout", UsualTimeout), Positive(options, "patience", UsualPatience));
        UmBridgePool pool = new(addresses, options.Has("name") ? options.Text("name") : null, config, patience, TimeProvider.System);
        try
        {
            UmBridgeContract contract = UmBridgeContract.Parse(context.Introduction) ?? Describe(options, pool);
            ModelParameter[] parameters = Parameters(options, context, contract);
            return Bind(options, pool, contract, config, parameters);
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    private static ModelBinding Bind(ModelOptions options, UmBridgePool pool, UmBridgeContract contract, string config, ModelParameter[] parameters)
    {
        if (!options.Boolean("log_density", false))
        {
            ModelSignature signature = new(parameters, Outputs(options, contract));
            return new ForwardModelBinding(new UmBridgeModelFactory(signature, pool, contract, config)) { Identity = contract.Identity, Introduction = contract.Text };
        }

        if (options.Has("outputs"))
        {
            throw options.Invalid("outputs", "outputs of a log density", "none: its one output is not compared with targets");
        }

        return contract.OutputSizes is [1]
            ? new LogDensityBinding(parameters, new UmBridgeDensityFactory(pool, contract, config)) { Identity = contract.Identity, Introduction = contract.Text }
            : throw options.Invalid("log_density", $"true for a model with outputs of sizes {Sizes(contract.OutputSizes)}", "a model with one output of size 1");
    }

    private static UmBridgeContract Describe(ModelOptions options, UmBridgePool pool)
    {
        try
        {
            return pool.Describe();
        }
        catch (UmBridgeModelNameException exception)
        {
            throw options.Invalid("name", exception.Found, exception.Expected);
        }
        catch (UmBridgeException exception)
        {
            throw options.Invalid("umbridge", exception.Message, exception.Fault switch
            {
                UmBridgeFault.Misplaced or UmBridgeFault.Refused => "a UM-Bridge server of protocol 1.0 that evaluates the model",
                _ => "a UM-Bridge server that answers: start it, or correct the address",
            });
        }
    }

    private static IEnumerable<Uri> Further(ModelOptions options) =>
        options.Has("urls") ? options.Texts("urls").Select(url => AddressOf(options, "urls", url)) : [];

    private static Uri AddressOf(ModelOptions options, string option, string text)
    {
        string complete = text.EndsWith('/') ? text : text + "/";
        return Uri.TryCreate(complete, UriKind.Absolute, out Uri? address)
            && address.Scheme is "http" or "https" && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
            ? address
            : throw options.Invalid(option, $"'{text}'", "an address such as http://localhost:4242, without user name, query or fragment");
    }

    private static TimeSpan Positive(ModelOptions options, string name, TimeSpan usual)
    {
        TimeSpan time = options.Duration(name, usual);
        return time > TimeSpan.Zero && time < TimeSpan.FromDays(24)
            ? time
            : throw options.Invalid(name, time.TotalSeconds.ToString("R", CultureInfo.InvariantCulture) + " s", "more than 0 s and less than 24 days");
    }

    private static ModelParameter[] Parameters(ModelOptions options, ModelContext context, UmBridgeContract contract)
    {
        IReadOnlyList<string> names = options.Has("parameters") ? options.Texts("parameters") : context.ParameterNames;
        if (names.Count != contract.InputLength)
        {
            throw options.Invalid(
                "parameters",
                $"{names.Count} parameters ({string.Join(", ", names)})",
                $"{contract.InputLength}: model '{contract.Name}' takes inputs of sizes {Sizes(contract.InputSizes)}; list those that it gets, in its order");
        }

        return names.Distinct(StringComparer.Ordinal).Count() == names.Count
            ? [.. names.Select(n => new ModelParameter(n))]
            : throw options.Invalid("parameters", "a parameter twice", "each parameter once");
    }

    private static IReadOnlyList<OutputSignature> Outputs(ModelOptions options, UmBridgeContract contract)
    {
        if (contract.OutputLength == 0)
        {
            throw options.Invalid("name", $"'{contract.Name}', which has no outputs", "a model with outputs");
        }

        if (!options.Has("outputs"))
        {
            return [.. contract.OutputSizes.Index().Where(o => o.Item > 0).Select(o => Default($"output_{o.Index}", o.Item))];
        }

        IReadOnlyList<OutputSignature> outputs = options.Axes("outputs");
        int length = outputs.Sum(o => o.Length);
        return length == contract.OutputLength
            ? outputs
            : throw options.Invalid(
                "outputs",
                $"{length} values in all ({string.Join(", ", outputs.Select(o => $"{o.Name}: {o.Length}"))})",
                $"{contract.OutputLength}: model '{contract.Name}' gives outputs of sizes {Sizes(contract.OutputSizes)}");
    }

    private static OutputSignature Default(string name, int size) =>
        size == 1 ? new OutputSignature(name) : new OutputSignature(name, [.. Enumerable.Range(0, size).Select(i => (double)i)]);

    private static string Sizes(IReadOnlyList<int> sizes) => $"[{string.Join(", ", sizes)}]";
}
