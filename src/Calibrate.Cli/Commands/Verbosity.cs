using System.CommandLine;

namespace Calibrate.Cli.Commands;

/// <summary>How much a command says besides its result.</summary>
internal sealed class Verbosity
{
    public Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress, no notes." };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Say how the work is carried out." };
}
