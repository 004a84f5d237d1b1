using System.Text.RegularExpressions;

namespace Calibrate.Architecture.Tests;

/// <summary>What CONTRIBUTING.md asks of every file, checked instead of remembered.</summary>
public class StyleTests
{
    private const int LongestFile = 400;

    private static readonly Regex VagueName = new(
        @"\b(class|struct|record|interface)\s+\w*(Manager|Helper|Utils|Utility)\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    private static readonly Regex LeftOver = new(
        @"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));

    private static IEnumerable<string> AllFiles => Repository.SourceFiles("src", "tests", "samples", "benchmarks");

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() =>
        Assert.Empty(AllFiles.Where(file => Repository.Read(file).Split('\n').Length > LongestFile + 1));

    [Fact]
    public void No_type_has_a_name_that_says_nothing() =>
        Assert.Empty(AllFiles.Where(file => !IsThisFile(file) && VagueName.IsMatch(Repository.Read(file))));

    [Fact]
    public void Nothing_is_left_over() =>
        Assert.Empty(AllFiles.Where(file => !IsThisFile(file) && LeftOver.IsMatch(Repository.Read(file))));

    [Fact]
    public void Namespaces_are_file_scoped() =>
        Assert.Empty(AllFiles.Where(file => Regex.IsMatch(
            Repository.Read(file), @"^namespace [\w.]+\s*\r?\n\{", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5))));

    [Fact]
    public void Tests_never_wait_for_the_clock() =>
        Assert.Empty(Repository.SourceFiles("tests").Where(file => !IsThisFile(file) && Regex.IsMatch(
            Repository.Read(file), @"Thread\.Sleep|Task\.Delay\(", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5))));

    private static bool IsThisFile(string file) => file.EndsWith("/StyleTests.cs", StringComparison.Ordinal);
}
