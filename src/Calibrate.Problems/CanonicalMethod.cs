using System.Globalization;
using System.Text;
using Calibrate.Problems.Methods;

namespace Calibrate.Problems;

/// <summary>The canonical lines of a method: what decides the chain, so neither iterations nor stop rule nor seed.</summary>
internal static class CanonicalMethod
{
    public static string Lines(MethodSpecification method, int dimension)
    {
        StringBuilder lines = new();
        Add(lines, "kind", method.Name);
        Add(lines, "ensembles", method.Ensembles);
        switch (method)
        {
            case EnsembleSpecification ensemble:
                Add(lines, "walkers", ensemble.WalkersFor(dimension));
                Add(lines, "thin", ensemble.Thin);
                for (int i = 0; i < ensemble.Moves.Count; i++)
                {
                    Add(lines, $"moves.{i}", Describe(ensemble.Moves[i]));
                }

                Add(lines, "initial", Describe(ensemble.Initial));
                break;
            case RandomSearchSpecification search:
                Add(lines, "candidates", search.Candidates);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(method), method, "unknown kind of method");
        }

        return lines.ToString();
    }

    private static string Describe(MoveSpecification move)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{move.Kind.ToString().ToLowerInvariant()} weight {move.Weight:R}");
        foreach ((string name, double? value) in ((string, double?)[])
            [("scale", move.Scale), ("gamma", move.Gamma), ("sigma", move.Sigma), ("helpers", move.Helpers), ("bandwidth", move.Bandwidth)])
        {
            if (value is { } number)
            {
                text.Append(CultureInfo.InvariantCulture, $" {name} {number:R}");
            }
        }

        return text.ToString();
    }

    private static string Describe(InitialSpecification initial) => initial switch
    {
        InitialFromPrior => "prior",
        InitialBall ball => string.Create(
            CultureInfo.InvariantCulture, $"ball radius {ball.Radius:R}{Describe(" center", ball.Center)}{Describe(" radii", ball.Radii)}"),
        InitialFromFile file => $"file sha256:{DigestOf(file.Points)}",
        InitialBestFit fit => string.Create(CultureInfo.InvariantCulture, $"best_fit radius {fit.Radius:R}"),
        _ => throw new ArgumentOutOfRangeException(nameof(initial), initial, "unknown way to start"),
    };

    private static string Describe(string what, IReadOnlyDictionary<string, double> values) => values.Count == 0
        ? ""
        : what + string.Concat(values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v =>
            string.Create(CultureInfo.InvariantCulture, $" {v.Key} {v.Value:R}")));

    private static string DigestOf(IReadOnlyList<double[]> points) => Fingerprint.Of(string.Join(
        '\n',
        points.Select(p => string.Join(' ', p.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))))).Hex;

    private static void Add(StringBuilder lines, string key, object value) =>
        lines.Append(CultureInfo.InvariantCulture, $"method.{key} = {value}\n");
}
