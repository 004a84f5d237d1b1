namespace Calibrate.Problems.Yaml;

/// <summary>The keys of a target.</summary>
internal static class TargetShapes
{
    public static MappingShape Target { get; } = new(
        "a target",
        new Key("output", CommonShapes.Words, "The model output that was observed.", IsRequired: true),
        new Key("file", CommonShapes.Words, "CSV file with the data, relative to the problem file."),
        new Key("columns", Columns(), "Which column of the file holds what."),
        new Key("skip_lines", new IntegerShape(0), "Number of title lines above the header."),
        new Key("comment", CommonShapes.Words, "Lines of the file that begin with this are skipped; # when left out."),
        new Key("separator", new TextShape("one character", s => s.Text.Length == 1), "Character between cells; a comma when left out."),
        new Key("time_offset", CommonShapes.Number, "Added to every time of the data: -0.5 turns 1971.5 into 1971."),
        new Key("times", CommonShapes.Numbers, "Inline data: the times."),
        new Key("values", CommonShapes.Numbers, "Inline data: the values."),
        new Key("value", CommonShapes.Number, "Inline data for an output that is a single number."),
        new Key("sigmas", CommonShapes.Numbers, "Inline data: standard deviations of the values."),
        new Key("sigma", CommonShapes.Positive, "One standard deviation for all values."),
        new Key("coverage", new TextShape("a share between 0 and 1 such as 0.95", s => Scalars.TryNumber(s, out double c) && c is > 0 and < 1, orNumber: true), "Probability between the columns lower and upper."),
        new Key("divisor", CommonShapes.Positive, "Standard deviation = (upper - lower) / divisor: 3.92 for 95 % limits."),
        new Key("covariance", new OneOfShape(
            new TextShape("a file with the covariance matrix"),
            new ListShape(CommonShapes.Numbers, "rows of numbers")), "Full covariance of all values of the data: a file of numbers, or the matrix by rows."),
        new Key("covariance_scale", CommonShapes.Formula, "Factor on all variances and covariances: a number or an expression of parameters."),
        new Key("relative_error", CommonShapes.NonNegative, "Standard deviation as a share of the absolute value, added in quadrature."),
        new Key("extra_sigma", CommonShapes.Formula, "Standard deviation added in quadrature: a number or an expression of parameters."),
        new Key("minimum_sigma", CommonShapes.NonNegative, "Smallest standard deviation of a value."),
        new Key("scale", CommonShapes.Formula, "Factor on the model's output: a number or an expression of parameters."),
        new Key("reference", CommonShapes.TimeOrPeriod, "Model and data are both taken relative to their value at this time, or to their mean over this period [from, to]."),
        new Key("from", CommonShapes.Number, "First time that is compared."),
        new Key("to", CommonShapes.Number, "Last time that is compared."),
        new Key("mask", new ListShape(CommonShapes.TimeOrPeriod, "a list of times and periods [from, to]"), "Times and periods that are left out."),
        new Key("weight", CommonShapes.NonNegative, "Factor on the target's log likelihood."),
        new Key("likelihood", new OneOfShape(
            new TextShape("gaussian, or student_t(nu)"),
            new VariantShape("a likelihood", new Key(
                "student_t",
                new MappingShape("Student's t", new Key("nu", CommonShapes.Positive, "Degrees of freedom.", IsRequired: true)),
                "Student's t distribution, for data with outliers."))), "Distribution of the errors: gaussian (when left out) or student_t(nu)."));

    private static MappingShape Columns() => new(
        "columns",
        new Key("time", CommonShapes.Words, "Column with the times."),
        new Key("value", CommonShapes.Words, "Column with the values.", IsRequired: true),
        new Key("sigma", CommonShapes.Words, "Column with standard deviations."),
        new Key("lower", CommonShapes.Words, "Column with lower confidence limits."),
        new Key("upper", CommonShapes.Words, "Column with upper confidence limits."),
        new Key("weight", CommonShapes.Words, "Column with factors on the log likelihood of single values; 0 leaves a value out."));
}
