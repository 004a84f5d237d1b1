namespace Calibrate.Problems;

/// <summary>Where a problem came from, so that a run can be resumed from its journal alone.</summary>
/// <param name="Path">The full path of the problem file.</param>
/// <param name="Text">The content of the problem file.</param>
/// <param name="Overrides">The <c>--set</c> overrides, each <c>a.b=c</c>.</param>
public sealed record ProblemSource(string Path, string Text, IReadOnlyList<string> Overrides)
{
    /// <summary>
    /// What the model said of itself when the problem was loaded, if it is one that must be asked: a program, a server. The problem can be built again with it
    /// where the model does not run. Null when nothing was asked.
    /// </summary>
    public string? Introduction { get; init; }
}
