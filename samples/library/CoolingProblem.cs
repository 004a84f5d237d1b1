using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Targets;

namespace Calibrate.Samples.Library;

/// <summary>A cup of coffee was measured every five minutes: how fast does it cool, and when is it fit to drink?</summary>
public static class CoolingProblem
{
    /// <summary>Builds the problem. A mistake in it would be a <see cref="ProblemException"/> that lists all of them.</summary>
    public static Problem Build() => new ProblemBuilder("coffee")
        .Description("How fast a cup of coffee cools")
        .Model(new CoolingModelFactory(), "cooling 1")
        .Parameter(new Parameter("rate") { Prior = new LogNormal(Math.Log(0.05), 0.5), Transform = ParameterTransform.Log, Unit = "1/min" })
        .Parameter(new Parameter("start") { Prior = new Normal(90, 10), Bounds = new Support(20, 100), Unit = "deg C" })
        .Parameter(Parameter.Fixed("room", 21))
        .Parameter(new Parameter("noise") { Prior = new HalfNormal(2), Label = "error of the thermometer", Unit = "deg C" })
        .Target(new Target("thermometer", "temperature")
        {
            Times = [0, 5, 10, 15, 20, 25, 30],
            Values = [85.2, 70.3, 59.1, 49.6, 43.3, 37.9, 34.2],
            ExtraSigma = "noise",
        })
        .Derived(new DerivedQuantity("drinkable", "log((start - room) / (60 - room)) / rate") { Unit = "min", Label = "time until 60 deg C" })
        .Record("temperature@10", "after_ten_minutes")
        .Method(new EnsembleSpecification
        {
            Ensembles = 4,
            Walkers = 32,
            Iterations = 3000,
            WarmUp = 1000,
            Seed = 7,

            // from the prior, some walkers would start where the curve is flat and find their way only slowly
            Initial = new InitialBall
            {
                Center = new Dictionary<string, double> { ["rate"] = 0.05, ["start"] = 85, ["noise"] = 1 },
                Radius = 0.1,
            },
        })
        .Build();
}
