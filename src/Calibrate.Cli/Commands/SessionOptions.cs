using System.CommandLine;
using Calibrate.Runtime;

namespace Calibrate.Cli.Commands;

/// <summary>What <c>run</c> and <c>resume</c> can both be told; nothing here changes the chain.</summary>
internal sealed class SessionOptions
{
    public Option<int?> Iterations { get; } = new("--iterations")
    {
        Description = "Iterations per ensemble, warm-up included.",
        HelpName = "N",
    };

    public Option<int?> Slots { get; } = new("--slots")
    {
        Description = "Evaluations at the same time (default: one per core).",
        HelpName = "N",
    };

    public EngineOptions Engine { get; } = new();

    public Option<bool> AcceptPlatform { get; } = new("--accept-platform")
    {
        Description = "Resume a run of another platform although floating-point results may differ.",
    };

    public Option<bool> Takeover { get; } = new("--takeover") { Description = "Take the run from a process that still holds it." };

    public Option<bool> Json { get; } = JsonOption.Create();

    public Verbosity Verbosity { get; } = new();

    public RunRequest Apply(ParseResult parsed, RunRequest request) => request with
    {
        Iterations = parsed.GetValue(Iterations),
        Slots = parsed.GetValue(Slots),
        AcceptPlatform = parsed.GetValue(AcceptPlatform),
        Takeover = parsed.GetValue(Takeover),
    };
}
