using Calibrate.Problems;

namespace Calibrate.Models.UmBridge;

/// <summary>A server that serves no model of the name, or several where no name is given.</summary>
internal sealed class UmBridgeModelNameException(Uri address, string? name, IReadOnlyList<string> models) : Exception($"{address} serves {List(models)}")
{
    /// <summary>What the problem says.</summary>
    public string Found => name is null ? $"no name, and {Message}" : $"'{name}'";

    /// <summary>What it might say.</summary>
    public string Expected
    {
        get
        {
            string? near = name is null ? null : Suggestion.Nearest(name, models);
            return $"one of the models of {address}: {List(models)}{(near is null ? "" : $"; did you mean '{near}'?")}";
        }
    }

    private static string List(IReadOnlyList<string> models) => models.Count == 0 ? "no model" : string.Join(", ", models);
}
