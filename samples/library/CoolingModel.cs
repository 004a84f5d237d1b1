using Calibrate.Problems.Models;

namespace Calibrate.Samples.Library;

/// <summary>
/// Newton's law of cooling: T(t) = room + (start - room) exp(-rate t), every minute for half an hour. A forward model of your own
/// is this much code: a signature, and a method that fills the outputs.
/// </summary>
internal sealed class CoolingModel : IModel
{
    private const int Minutes = 30;

    public static readonly ModelSignature Cooling = new(
        [
            new ModelParameter("rate", Unit: "1/min"),
            new ModelParameter("start", Unit: "deg C"),
            new ModelParameter("room", 20, "deg C"),
        ],
        [new OutputSignature("temperature", [.. Enumerable.Range(0, Minutes + 1).Select(t => (double)t)], "deg C")]);

    public ModelSignature Signature => Cooling;

    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        (double rate, double start, double room) = (parameters[0], parameters[1], parameters[2]);
        Span<double> temperature = output[0];
        for (int t = 0; t <= Minutes; t++)
        {
            temperature[t] = room + ((start - room) * Math.Exp(-rate * t));
        }
    }
}

/// <summary>Makes cooling models, one per slot.</summary>
internal sealed class CoolingModelFactory : IModelFactory
{
    public ModelSignature Signature => CoolingModel.Cooling;

    public IModel Create() => new CoolingModel();
}
