namespace Calibrate.Problems.Yaml;

/// <summary>Shapes that several parts of a problem file share.</summary>
internal static class CommonShapes
{
    public static ScalarShape Words { get; } = new TextShape("a text");

    public static ScalarShape Formula { get; } = new TextShape("a number or an expression of parameters", orNumber: true);

    public static ScalarShape Duration { get; } = new TextShape(
        "a time such as 90 s, 10 min or 2 h", s => Scalars.TryDuration(s, out _), orNumber: true);

    public static ScalarShape Size { get; } = new TextShape(
        "a size such as 512 MiB", s => Scalars.TrySize(s, out _), orNumber: true);

    public static ScalarShape Positive { get; } = new NumberShape(0, isStrict: true);

    public static ScalarShape NonNegative { get; } = new NumberShape(0);

    public static ScalarShape Number { get; } = new NumberShape();

    public static ListShape Numbers { get; } = new(new NumberShape(), "a list of numbers");

    public static ListShape Pair { get; } = new(new NumberShape(allowInfinity: true), "a pair [from, to]", 2, 2);

    /// <summary>A time, or a period.</summary>
    public static OneOfShape TimeOrPeriod { get; } = new(new NumberShape(), Pair);
}
