namespace Calibrate.Numerics.Distributions;

/// <summary>A density that is smooth on either side of one point, but not across it.</summary>
internal interface IPiecewiseDensity
{
    /// <summary>Where the two smooth pieces meet.</summary>
    double Knot { get; }
}
