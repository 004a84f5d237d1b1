using System.Globalization;

namespace Calibrate.Reports.Tests;

/// <summary>Cultures that write numbers and dates in other ways; made by hand, because programs without ICU know only the invariant one.</summary>
internal static class Cultures
{
    /// <summary>By the name of the language whose habits they have.</summary>
    public static CultureInfo Of(string habits)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        switch (habits)
        {
            case "German":
                (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
                culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
                break;
            case "Persian":
                (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NegativeSign, culture.NumberFormat.PercentSymbol) = ("٫", "‎−", "٪");
                culture.NumberFormat.NaNSymbol = "ناعدد";
                break;
            case "Swedish":
                (culture.NumberFormat.NegativeSign, culture.NumberFormat.NumberGroupSeparator) = ("−", "\u00a0");
                culture.DateTimeFormat.DateSeparator = "-";
                culture.DateTimeFormat.TimeSeparator = ".";
                break;
        }

        return culture;
    }
}
