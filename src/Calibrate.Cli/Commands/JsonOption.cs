using System.CommandLine;

namespace Calibrate.Cli.Commands;

/// <summary><c>--json</c>: one JSON object on standard output, for programs.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "Print one JSON object instead of a table." };
}
