using System.Globalization;
using Spectre.Console;

namespace Calibrate.Cli;

/// <summary>Where a command writes: results to standard output, everything about them to standard error.</summary>
/// <param name="output">Results; what a script reads.</param>
/// <param name="error">Progress, notes and mistakes; what a person reads.</param>
/// <param name="interactive">Whether a person watches: colours and progress bars, else plain lines.</param>
/// <param name="width">Columns of the screen.</param>
public sealed class Terminal(TextWriter output, TextWriter error, bool interactive, int width)
{
    private const int WidthWhenUnknown = 160;

    /// <summary>Results; what a script reads.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Progress, notes and mistakes.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Whether standard error is a terminal.</summary>
    public bool Interactive { get; } = interactive;

    /// <summary>Spectre's console over <see cref="Output"/>, for tables.</summary>
    public IAnsiConsole Tables { get; } = Over(output, interactive, width);

    /// <summary>Spectre's console over <see cref="Error"/>, for live progress.</summary>
    public IAnsiConsole Live { get; } = Over(error, interactive, width);

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        var interactive = !Console.IsErrorRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return new Terminal(Console.Out, Console.Error, interactive, interactive ? Console.WindowWidth : WidthWhenUnknown);
    }

    private static IAnsiConsole Over(TextWriter writer, bool interactive, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        return console;
    }
}
