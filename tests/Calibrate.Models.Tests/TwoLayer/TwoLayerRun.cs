using Calibrate.Models.TwoLayer;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.TwoLayer;

/// <summary>One run of the two-layer model, by names.</summary>
internal sealed class TwoLayerRun
{
    private readonly ModelSignature signature;
    private readonly ModelOutput output;

    private TwoLayerRun(ModelSignature signature, ModelOutput output)
    {
        this.signature = signature;
        this.output = output;
    }

    public double[] this[string name] => output[signature.IndexOfOutput(name)].ToArray();

    /// <summary>Runs with the reference parameters but for the given ones.</summary>
    public static TwoLayerRun Of(IModelFactory factory, params (string Name, double Value)[] parameters)
    {
        ModelOutput written = new(factory.Signature);
        factory.Create().Evaluate(Parameters(factory.Signature, parameters), written);
        return new TwoLayerRun(factory.Signature, written);
    }

    public static TwoLayerRun Of(ForcingSeries forcing, int steps, params (string Name, double Value)[] parameters) =>
        Of(new TwoLayerModelFactory(forcing, steps), parameters);

    public static double[] Parameters(ModelSignature signature, params (string Name, double Value)[] parameters)
    {
        Dictionary<string, double> values = new(StringComparer.Ordinal) { ["lambda0"] = 1.0, ["eta"] = 0.764, ["cs"] = 8.0 };
        foreach ((string name, double value) in parameters)
        {
            Assert.Contains(signature.Parameters, p => p.Name == name);
            values[name] = value;
        }

        return [.. signature.Parameters.Select(p => values.TryGetValue(p.Name, out double value) ? value : p.Default!.Value)];
    }

    /// <summary>A forcing that never changes.</summary>
    public static ForcingSeries Constant(double forcing, int years) =>
        new([.. Enumerable.Range(1, years).Select(y => (double)y)], [.. Enumerable.Repeat(forcing, years)]);
}
