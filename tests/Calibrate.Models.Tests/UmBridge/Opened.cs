using Calibrate.Models.UmBridge;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.UmBridge;

/// <summary>Opens models as a problem file would.</summary>
internal static class Opened
{
    public static ModelBinding Binding(string address, params (string Name, object Value)[] options) => Binding(["a", "b"], address, options);

    public static ModelBinding Binding(string[] parameters, string address, params (string Name, object Value)[] options) =>
        Binding(new ModelContext(parameters), address, options);

    /// <summary>The model of a problem that was loaded before.</summary>
    public static ModelBinding Again(string? introduction, string address, params (string Name, object Value)[] options) =>
        Binding(new ModelContext(["a", "b"]) { Introduction = introduction }, address, options);

    public static IModel Model(string address, params (string Name, object Value)[] options) =>
        Assert.IsType<ForwardModelBinding>(Binding(address, options)).Factory.Create();

    public static double[] Run(IModel model, params double[] point)
    {
        ModelOutput output = new(model.Signature);
        model.Evaluate(point, output);
        return output.Values.ToArray();
    }

    private static ModelBinding Binding(ModelContext context, string address, (string Name, object Value)[] options)
    {
        Dictionary<string, object> values = options.ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal);
        values["umbridge"] = address;
        return new UmBridgeDefinition().Create(new ModelOptions(values, "model"), null!, context);
    }

    public static ModelOptionException Refused(string address, params (string Name, object Value)[] options) =>
        Assert.Throws<ModelOptionException>(() => Binding(address, options));
}
