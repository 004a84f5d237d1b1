using System.Text.RegularExpressions;

namespace Calibrate.Architecture.Tests;

/// <summary>The core computes: no file, socket, console, thread or task stands in it. Clocks and entropy are banned by the analyzer.</summary>
public class PureCoreTests
{
    private static readonly Regex Effects = new(
        @"\b(File|Directory|FileStream|StreamReader|StreamWriter|Console|Environment|Process|Socket|HttpClient|Thread|Task|Parallel|Timer|Monitor|Interlocked)\.[A-Z]"
        + @"|\bnew (Thread|FileStream|StreamReader|StreamWriter|Timer|HttpClient)\b|\basync\b|\block \(",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("src/Calibrate.Numerics")]
    [InlineData("src/Calibrate.Problems")]
    [InlineData("src/Calibrate.Inference")]
    public void The_core_has_no_effects(string folder)
    {
        var violations = from file in Repository.SourceFiles(folder)
                         where !file.StartsWith("src/Calibrate.Problems/Files/", StringComparison.Ordinal)
                         from line in Repository.Read(file).Split('\n')
                         where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && Effects.IsMatch(line)
                         select $"{file}: {line.Trim()}";
        Assert.Empty(violations);
    }
}
