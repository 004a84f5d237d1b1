namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Work space of <see cref="Diagnose"/>: rent one, pass it for parameter after parameter, and memory stays flat. Grows on first use
/// to about 8 bytes per draw. Not for use by two threads at once.
/// </summary>
public sealed class DiagnosticScratch
{
}
