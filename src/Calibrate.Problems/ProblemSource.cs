namespace Calibrate.Problems;

/// <summary>Where a problem came from, so that a run can be resumed from its journal alone.</summary>
/// <param name="Path">The full path of the problem file.</param>
/// <param name="Text">The content of the problem file.</param>
/// <param name="Overrides">The <c>--set</c> overrides, each <c>a.b=c</c>.</param>
public sealed record ProblemSource(string Path, string Text, IReadOnlyList<string> Overrides);
