using System.CommandLine;

namespace Calibrate.Cli.Commands;

/// <summary>A path on the command line. A misspelt option must not pass for one: <c>run --nope</c> is a mistake, not a file.</summary>
internal static class PathArgument
{
    public static Argument<string> Create(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result => RefuseOptions(result.Tokens.Select(t => t.Value), result.AddError));
        return argument;
    }

    public static Argument<string[]> CreateMany(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result => RefuseOptions(result.Tokens.Select(t => t.Value), result.AddError));
        return argument;
    }

    private static void RefuseOptions(IEnumerable<string> values, Action<string> refuse)
    {
        foreach (var value in values.Where(v => v.StartsWith('-') && v.Length > 1))
        {
            refuse($"There is no option '{value}' here. (A file whose name starts with '-' is written ./{value}.)");
        }
    }
}
