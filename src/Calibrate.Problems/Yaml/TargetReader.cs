using Calibrate.Numerics;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Data;
using Calibrate.Problems.Expressions;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems.Yaml;

/// <summary>Reads the targets of a problem file and their data.</summary>
internal sealed class TargetReader(IDataFiles files, Mistakes mistakes)
{
    /// <summary>Reads one target; without its data when there are mistakes in it.</summary>
    public Target Read(string name, Section section)
    {
        Target target = new(name, section.Text("output") ?? "")
        {
            RelativeError = section.Number("relative_error") ?? 0,
            MinimumSigma = section.Number("minimum_sigma") ?? 0,
            ExtraSigma = section.Text("extra_sigma"),
            CovarianceScale = section.Text("covariance_scale"),
            Scale = section.Text("scale"),
            Weight = section.Number("weight") ?? 1,
            Range = new Support(section.Number("from") ?? double.NegativeInfinity, section.Number("to") ?? double.PositiveInfinity),
            Reference = section.Period("reference"),
            Mask = section.Node("mask") is YamlSequence mask ? [.. mask.Items.Select(m => Section.PeriodOf(m) ?? default)] : [],
            StudentNu = ReadLikelihood(section),
        };
        if (mistakes.Has(section.Path))
        {
            return target;
        }

        CheckPeriods(target, section);
        target = section.Has("file") ? WithFile(target, section) : WithInline(target, section);
        return WithCovariance(target, section);
    }

    private void CheckPeriods(Target target, Section section)
    {
        if (target.Range.Lower > target.Range.Upper)
        {
            mistakes.Add(section.PathOf("from"), $"from {section.Text("from")} after to {section.Text("to")}", "from before to");
        }

        if (target.Reference is { } reference && reference.Lower > reference.Upper)
        {
            mistakes.Add(section.PathOf("reference"), "a period that ends before it begins", "[from, to]");
        }

        for (int i = 0; i < target.Mask.Count; i++)
        {
            if (target.Mask[i].Lower > target.Mask[i].Upper)
            {
                mistakes.Add($"{section.PathOf("mask")}[{i}]", "a period that ends before it begins", "[from, to]");
            }
        }
    }

    private Target WithInline(Target target, Section section)
    {
        foreach (string key in (string[])["columns", "skip_lines", "comment", "separator", "coverage", "divisor"])
        {
            if (section.Has(key))
            {
                mistakes.Add(section.PathOf(key), $"'{key}' without a file", "file: the CSV file it describes");
            }
        }

        double[]? values = section.Number("value") is { } value ? [value] : section.Numbers("values");
        if (values is null || (section.Has("value") && section.Has("values")))
        {
            mistakes.Add(section.Path, values is null ? "no data" : "both value and values", "file with columns, times and values, or a single value");
            return target;
        }

        double offset = section.Number("time_offset") ?? 0;
        return target with
        {
            Values = values,
            Times = section.Numbers("times")?.Select(t => t + offset).ToArray(),
            Sigmas = section.Numbers("sigmas") ?? Repeat(section.Number("sigma"), values.Length),
        };
    }

    private Target WithFile(Target target, Section section)
    {
        foreach (string key in (string[])["times", "values", "value", "sigmas"])
        {
            if (section.Has(key))
            {
                mistakes.Add(section.PathOf(key), $"'{key}' beside a file", "one or the other");
            }
        }

        if (!section.Has("columns"))
        {
            mistakes.Add(section.Path, "no key 'columns'", "'columns': which column of the file holds time, value and sigma");
            return target;
        }

        string file = section.Text("file")!;
        DataTable table;
        try
        {
            table = files.ReadTable(file, new DataTableFormat(
                section.Integer("skip_lines") ?? 0, section.Text("comment") ?? "#", (section.Text("separator") ?? ",")[0]));
        }
        catch (DataFileException mistake)
        {
            mistakes.Add(section.PathOf("file"), mistake);
            return target;
        }

        Section columns = section.Child("columns");
        double offset = section.Number("time_offset") ?? 0;
        double[]? times = Column(table, columns, "time");
        for (int i = 0; times is not null && i < times.Length; i++)
        {
            times[i] += offset;
        }

        return target with
        {
            Times = times,
            Values = Column(table, columns, "value") ?? [],
            Sigmas = ReadSigmas(table, section, columns),
            Weights = Column(table, columns, "weight"),
            Origin = new TargetOrigin(file, [.. Enumerable.Range(0, table.RowCount).Select(table.LineOf)]),
        };
    }

    private double[]? ReadSigmas(DataTable table, Section section, Section columns)
    {
        bool hasLimits = columns.Has("lower") || columns.Has("upper");
        int ways = (columns.Has("sigma") ? 1 : 0) + (hasLimits ? 1 : 0) + (section.Has("sigma") ? 1 : 0);
        if (ways > 1)
        {
            mistakes.Add(columns.Path, "more than one kind of uncertainty", "sigma, or lower and upper");
        }

        if (hasLimits && !(columns.Has("lower") && columns.Has("upper")))
        {
            mistakes.Add(columns.Path, "one confidence limit", "both lower and upper");
        }

        if (hasLimits != (section.Has("coverage") || section.Has("divisor")) || (section.Has("coverage") && section.Has("divisor")))
        {
            mistakes.Add(
                section.Path,
                hasLimits ? "lower and upper without their meaning" : "coverage or divisor without lower and upper",
                "columns lower and upper together with either coverage (0.95) or divisor (3.92)");
        }

        if (mistakes.Has(section.Path) || !hasLimits)
        {
            return Column(table, columns, "sigma") ?? Repeat(section.Number("sigma"), table.RowCount);
        }

        double[]? lower = Column(table, columns, "lower");
        double[]? upper = Column(table, columns, "upper");
        double divisor = section.Number("divisor") ?? 2 * NormalQuantile.Of(0.5 + (0.5 * section.Number("coverage")!.Value));
        return lower is null || upper is null ? null : [.. lower.Zip(upper, (low, high) => (high - low) / divisor)];
    }

    private double[]? Column(DataTable table, Section columns, string key)
    {
        if (columns.Text(key) is not { } column)
        {
            return null;
        }

        try
        {
            return key == "time" ? table.Numbers(column) : table.NumbersOrMissing(column);
        }
        catch (DataFileException mistake)
        {
            mistakes.Add(columns.PathOf(key), mistake);
            return null;
        }
    }

    private Target WithCovariance(Target target, Section section)
    {
        switch (section.Node("covariance"))
        {
            case YamlSequence rows:
                return target with { Covariance = [.. rows.Items.Select(r => Section.NumbersOf(r) ?? [])] };
            case YamlScalar file:
                try
                {
                    double[][] matrix = files.ReadMatrix(file.Text);
                    TargetOrigin origin = target.Origin ?? new TargetOrigin("", []);
                    return target with { Covariance = matrix, Origin = origin with { CovarianceFile = file.Text } };
                }
                catch (DataFileException mistake)
                {
                    mistakes.Add(section.PathOf("covariance"), mistake);
                }

                return target;
            default:
                return target;
        }
    }

    private double? ReadLikelihood(Section section)
    {
        if (section.Node("likelihood") is YamlMapping)
        {
            return section.Child("likelihood").Child("student_t").Number("nu");
        }

        string text = section.Text("likelihood") ?? "gaussian";
        if (text == "gaussian")
        {
            return null;
        }

        if (text.StartsWith("student_t(", StringComparison.Ordinal) && text.EndsWith(')'))
        {
            try
            {
                return Expression.Parse(text["student_t(".Length..^1]).EvaluateConstant();
            }
            catch (ExpressionException mistake)
            {
                mistakes.Add(section.PathOf("likelihood"), mistake.Found, "degrees of freedom, as in student_t(4)");
                return null;
            }
        }

        mistakes.Add(section.PathOf("likelihood"), $"'{text}'", "gaussian, or student_t(nu)", Suggestion.Nearest(text, ["gaussian", "student_t(nu)"]));
        return null;
    }

    private static double[]? Repeat(double? number, int count) =>
        number is { } value ? [.. Enumerable.Repeat(value, count)] : null;
}
