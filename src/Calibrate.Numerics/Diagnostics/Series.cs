namespace Calibrate.Numerics.Diagnostics;

/// <summary>Equally long series, each a function of a stretch of the draws, produced one at a time so that no copy of all is needed.</summary>
internal abstract class Series(ChainLayout layout)
{
    /// <summary>Where the series lie in the draws.</summary>
    public ChainLayout Layout { get; } = layout;

    /// <summary>Writes one series.</summary>
    /// <param name="index">Series index from 0.</param>
    /// <param name="values">Receives <see cref="ChainLayout.Length"/> values.</param>
    public abstract void Read(int index, Span<double> values);
}

/// <summary>The draws themselves.</summary>
internal sealed class DrawSeries(DrawMatrix draws, ChainLayout layout) : Series(layout)
{
    public override void Read(int index, Span<double> values) =>
        draws.All.Slice(Layout.Start(index), Layout.Length).CopyTo(values);
}

/// <summary>Squared distances from a centre: the error of a variance is the error of their mean.</summary>
internal sealed class SquaredDeviationSeries(DrawMatrix draws, ChainLayout layout, double centre) : Series(layout)
{
    public override void Read(int index, Span<double> values)
    {
        var source = draws.All.Slice(Layout.Start(index), Layout.Length);
        for (var i = 0; i < source.Length; i++)
        {
            var deviation = source[i] - centre;
            values[i] = deviation * deviation;
        }
    }
}

/// <summary>Absolute distances from a centre.</summary>
internal sealed class AbsoluteDeviationSeries(DrawMatrix draws, ChainLayout layout, double centre) : Series(layout)
{
    public override void Read(int index, Span<double> values)
    {
        var source = draws.All.Slice(Layout.Start(index), Layout.Length);
        for (var i = 0; i < source.Length; i++)
        {
            values[i] = Math.Abs(source[i] - centre);
        }
    }
}

/// <summary>1 where a draw is at most a threshold, else 0: the error of a quantile is the error of their mean.</summary>
internal sealed class IndicatorSeries(DrawMatrix draws, ChainLayout layout, double threshold) : Series(layout)
{
    public override void Read(int index, Span<double> values)
    {
        var source = draws.All.Slice(Layout.Start(index), Layout.Length);
        for (var i = 0; i < source.Length; i++)
        {
            values[i] = source[i] <= threshold ? 1.0 : 0.0;
        }
    }

    /// <summary>Writes one series as bits.</summary>
    /// <returns>Number of ones.</returns>
    public int Pack(int index, Span<ulong> bits) =>
        IndicatorBits.Pack(draws.All.Slice(Layout.Start(index), Layout.Length), threshold, bits);
}
