using System.Globalization;
using System.Text.RegularExpressions;

namespace Calibrate.Cli.Draws;

/// <summary>How many warm-up draws a CmdStan file holds: <c>num_warmup / thin</c> when its comments say <c>save_warmup = 1</c>.</summary>
internal sealed class WarmupCounter
{
    private static readonly Regex Setting = new(
        @"^#\s*(?<key>num_warmup|save_warmup|thin)\s*=\s*(?<value>\w+)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private int _warmup;
    private int _thin = 1;
    private bool _saved;

    public int Draws => _saved ? _warmup / _thin : 0;

    public void Note(string comment)
    {
        if (Setting.Match(comment) is not { Success: true } match)
        {
            return;
        }

        var value = match.Groups["value"].Value;
        _ = int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number);
        switch (match.Groups["key"].Value)
        {
            case "num_warmup":
                _warmup = number;
                break;
            case "thin":
                _thin = Math.Max(1, number);
                break;
            default:
                _saved = number == 1 || string.Equals(value, "true", StringComparison.Ordinal);
                break;
        }
    }
}
