namespace Calibrate.Problems.Models;

/// <summary>The kinds of values an option of a model can have.</summary>
public enum OptionKind
{
    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>One of <see cref="ModelOption.Choices"/>.</summary>
    Choice,

    /// <summary>The path of a data file, relative to the problem file.</summary>
    File,

    /// <summary>A list of finite numbers.</summary>
    NumberList,

    /// <summary>A list of rows of finite numbers, all of the same length.</summary>
    NumberMatrix,

    /// <summary>A list of texts.</summary>
    TextList,

    /// <summary>A mapping with the keys of <see cref="ModelOption.Options"/>.</summary>
    Mapping,

    /// <summary>A mapping from names the user chooses to texts, for example output names to column names.</summary>
    TextMapping,

    /// <summary>A list of paths of files, relative to the problem file.</summary>
    FileList,

    /// <summary>A time such as <c>90 s</c>.</summary>
    Duration,

    /// <summary>
    /// Outputs by name, each with its axis: a list of increasing numbers, a count such as <c>12</c> for the axis 0, 1, ..., 11, or <c>scalar</c>.
    /// </summary>
    Axes,
}

/// <summary>One option of a model, from which the reader's checks, the JSON Schema and the help text are made.</summary>
/// <param name="Name">The key under <c>model.options</c>.</param>
/// <param name="Kind">What its value looks like.</param>
/// <param name="Description">One sentence for people.</param>
public sealed record ModelOption(string Name, OptionKind Kind, string Description)
{
    /// <summary>Whether the problem file must give it.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// Whether it says how the model is reached rather than what it computes, such as the address of a server: left out of every fingerprint.
    /// </summary>
    public bool Operational { get; init; }

    /// <summary>The allowed values of a <see cref="OptionKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The keys of a <see cref="OptionKind.Mapping"/>.</summary>
    public IReadOnlyList<ModelOption> Options { get; init; } = [];
}
