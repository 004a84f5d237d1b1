using System.CommandLine;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Models;

namespace Calibrate.Cli.Commands;

/// <summary>A problem file on the command line, and what may be changed of it there.</summary>
internal sealed class ProblemOptions(IModelCatalog models)
{
    public Argument<string> File { get; } = PathArgument.Create("FILE", "Problem file (YAML).");

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "Change a value of the file, for example --set method.thin=10. May be given several times.",
        HelpName = "a.b=c",
        Arity = ArgumentArity.OneOrMore,
    };

    public Problem Load(ParseResult parsed) => Load(parsed, null);

    /// <summary>Loads a problem with the model of another one, which said before what it is: then it is not started to say so again.</summary>
    public Problem Load(ParseResult parsed, string? introduction) =>
        ProblemFile.Load(parsed.GetRequiredValue(File), models, parsed.GetValue(Set) ?? [], introduction);
}
