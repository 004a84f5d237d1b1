using Calibrate.Problems.Models;

namespace Calibrate.Samples.Growth;

/// <summary>Logistic growth (Verhulst 1838): N(t) = K / (1 + (K / N0 - 1) exp(-r t)), every hour for a day.</summary>
public sealed class LogisticGrowth : IModel
{
    private const int Hours = 24;

    /// <inheritdoc/>
    public ModelSignature Signature { get; } = new(
        [
            new ModelParameter("capacity", Unit: "1e6 / ml"),
            new ModelParameter("rate", Unit: "1/h"),
            new ModelParameter("start", Unit: "1e6 / ml"),
        ],
        [new OutputSignature("density", [.. Enumerable.Range(0, Hours + 1).Select(hour => (double)hour)], "1e6 / ml")]);

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        (double capacity, double rate, double start) = (parameters[0], parameters[1], parameters[2]);
        double headroom = (capacity / start) - 1;
        Span<double> density = output[0];
        for (int hour = 0; hour <= Hours; hour++)
        {
            density[hour] = capacity / (1 + (headroom * Math.Exp(-rate * hour)));
        }
    }
}
