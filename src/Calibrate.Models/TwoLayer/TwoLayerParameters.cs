using Calibrate.Problems.Models;

namespace Calibrate.Models.TwoLayer;

/// <summary>The parameters of the two-layer model in the order it receives them; the scales of the agents follow them.</summary>
internal static class TwoLayerParameters
{
    public const int Feedback = 0;
    public const int HeatExchange = 1;
    public const int Efficacy = 2;
    public const int SurfaceCapacity = 3;
    public const int DeepCapacity = 4;
    public const int FeedbackSlope = 5;
    public const int FirstScale = 6;

    /// <summary>The signature's parameters for these agents.</summary>
    public static IReadOnlyList<ModelParameter> For(IReadOnlyList<string> agents)
    {
        List<ModelParameter> parameters =
        [
            new("lambda0", null, "W m-2 K-1", "climate feedback parameter at small warming"),
            new("eta", null, "W m-2 K-1", "heat exchange between the surface and the deep layer"),
            new("epsilon", 1.3, "1", "efficacy of deep-ocean heat uptake"),
            new("cs", null, "W yr m-2 K-1", "heat capacity of the surface layer"),
            new("cd", 100, "W yr m-2 K-1", "heat capacity of the deep layer"),
            new("a", 0, "W m-2 K-2", "weakening of the feedback per kelvin of warming"),
        ];
        parameters.AddRange(agents.Select(agent => new ModelParameter(
            ScaleName(agent), 1, "1", $"factor on the forcing of '{agent}': the total changes by (factor - 1) times that forcing")));
        return parameters;
    }

    /// <summary>
    /// The name of an agent's scale: the agent's column name with everything but ASCII letters, digits and underscores
    /// replaced by underscores, so that it can stand in the expression of a derived quantity, and <c>_scale</c>.
    /// </summary>
    public static string ScaleName(string agent) =>
        string.Concat(agent.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')) + "_scale";
}
