using System.CommandLine;

namespace Calibrate.Cli.Commands;

/// <summary>A command whose help ends with examples to copy.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">One sentence for lists of commands.</param>
/// <param name="examples">Complete command lines.</param>
internal sealed class ExampledCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
