using System.Globalization;
using System.Text.RegularExpressions;

namespace Calibrate.Dashboard.Tests.Metrics;

/// <summary>
/// A strict reader of the text format 0.0.4: every family has HELP and TYPE once and before its samples, its samples stand together, no series comes twice,
/// names and labels are well formed and every escape is known. Throws for anything else.
/// </summary>
internal static class PrometheusReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static List<(string Name, SortedDictionary<string, string> Labels, double Value)> Read(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        List<(string, SortedDictionary<string, string>, double)> samples = [];
        HashSet<string> families = [];
        HashSet<string> series = [];
        var (family, type) = ("", "");
        var lines = text.Split('\n')[..^1];
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#'))
            {
                var help = Regex.Match(lines[i], @"^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\S.*)$", RegexOptions.None, Patience);
                Assert.True(help.Success, lines[i]);
                family = help.Groups[1].Value;
                Assert.True(families.Add(family), $"{family} comes twice");
                var typed = Regex.Match(lines[++i], $"^# TYPE {family} (counter|gauge)$", RegexOptions.None, Patience);
                Assert.True(typed.Success, lines[i]);
                type = typed.Groups[1].Value;
                continue;
            }

            var sample = Sample(lines[i]);
            Assert.Equal(family, sample.Name);
            Assert.Equal(type == "counter", sample.Name.EndsWith("_total", StringComparison.Ordinal));
            Assert.True(series.Add(sample.Name + string.Join('|', sample.Labels)), $"{lines[i]} comes twice");
            samples.Add(sample);
        }

        return samples;
    }

    private static (string Name, SortedDictionary<string, string> Labels, double Value) Sample(string line)
    {
        var match = Regex.Match(
            line, """^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"(?:,(?!\})|(?=\})))+)\})? (NaN|[+-]Inf|[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)$""", RegexOptions.None, Patience);
        Assert.True(match.Success, line);
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in Regex.Matches(match.Groups[2].Value, """([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)""" + "\"", RegexOptions.None, Patience))
        {
            labels.Add(label.Groups[1].Value, Regex.Replace(label.Groups[2].Value, @"\\(.)", escape => escape.Groups[1].Value == "n" ? "\n" : escape.Groups[1].Value, RegexOptions.None, Patience));
        }

        var number = match.Groups[3].Value;
        return (match.Groups[1].Value, labels, number switch
        {
            "NaN" => double.NaN,
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(number, CultureInfo.InvariantCulture),
        });
    }
}
