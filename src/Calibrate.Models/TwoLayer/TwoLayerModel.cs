using System.Runtime.Intrinsics;
using Calibrate.Models.Lanes;
using Calibrate.Problems.Models;

namespace Calibrate.Models.TwoLayer;

/// <summary>
/// The two-layer energy balance model of the climate: a surface layer that warms within years and a deep ocean that takes
/// centuries, driven by effective radiative forcing. See <see cref="TwoLayerIntegrator"/> for the equations.
/// </summary>
public sealed class TwoLayerModel : IBatchModel
{
    private const int WidestLanes = 16;
    private readonly ForcingSeries forcing;
    private readonly TwoLayerOutputs outputs;
    private readonly int stepsPerYear;
    private readonly LaneWidth width;
    private readonly double[] padded;
    private readonly int[] scaledAgents;

    internal TwoLayerModel(
        ForcingSeries forcing, TwoLayerOutputs outputs, int stepsPerYear, ModelSignature signature, LaneWidth width)
    {
        this.forcing = forcing;
        this.outputs = outputs;
        this.stepsPerYear = stepsPerYear;
        this.width = width;
        Signature = signature;
        scaledAgents = new int[forcing.AgentNames.Count];
        padded = new double[signature.Parameters.Count * WidestLanes];
    }

    /// <inheritdoc/>
    public ModelSignature Signature { get; }

    /// <inheritdoc/>
    public int PreferredBatch => 2 * (int)width;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, Signature.Parameters.Count);
        TwoLayerWriter writer = new(outputs, output.Values, 1, 0, 1);
        TwoLayerIntegrator.Run<ScalarLane, double>(forcing, stepsPerYear, parameters, 1, 0, scaledAgents, writer);
    }

    /// <inheritdoc/>
    public void Evaluate(int count, ReadOnlySpan<double> parameters, ModelOutputBatch outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(parameters.Length, Signature.Parameters.Count * count);
        Span<double> values = outputs.Values;
        int point = 0;
        while (point < count)
        {
            int lanes = LanesFor(count - point);
            int points = Math.Min(lanes, count - point);
            TwoLayerWriter writer = new(this.outputs, values, count, point, points);
            if (points == lanes)
            {
                RunLanes(lanes, parameters, count, point, writer);
            }
            else
            {
                Pad(parameters, count, point, points);
                RunLanes(lanes, padded, WidestLanes, 0, writer);
            }

            point += points;
        }
    }

    // All widths take about the same time for one pass, so the rest of a batch fills the narrowest that holds it, padded.
    private int LanesFor(int remaining)
    {
        int single = (int)width;
        return remaining switch
        {
            1 => 1,
            _ when remaining > single => 2 * single,
            <= 4 when width == LaneWidth.Vector512 => 4,
            _ => single,
        };
    }

    private void RunLanes(int lanes, ReadOnlySpan<double> points, int stride, int first, in TwoLayerWriter writer)
    {
        switch (lanes, width)
        {
            case (16, _):
                Run<PairedLanes<Lanes512, Vector512<double>>, VectorPair<Vector512<double>>>(points, stride, first, writer);
                break;
            case (8, LaneWidth.Vector512):
                Run<Lanes512, Vector512<double>>(points, stride, first, writer);
                break;
            case (8, _):
                Run<PairedLanes<Lanes256, Vector256<double>>, VectorPair<Vector256<double>>>(points, stride, first, writer);
                break;
            case (4, _):
                Run<Lanes256, Vector256<double>>(points, stride, first, writer);
                break;
            case (2, _):
                Run<PairedLanes<ScalarLane, double>, VectorPair<double>>(points, stride, first, writer);
                break;
            default:
                Run<ScalarLane, double>(points, stride, first, writer);
                break;
        }
    }

    private void Run<TLanes, TVector>(ReadOnlySpan<double> points, int stride, int first, in TwoLayerWriter writer)
        where TLanes : ILanes<TVector>
        where TVector : struct =>
        TwoLayerIntegrator.Run<TLanes, TVector>(forcing, stepsPerYear, points, stride, first, scaledAgents, writer);

    // Copies some points into full-width rows; the last one fills the lanes that are left.
    private void Pad(ReadOnlySpan<double> parameters, int count, int first, int points)
    {
        for (int j = 0; j < Signature.Parameters.Count; j++)
        {
            ReadOnlySpan<double> row = parameters.Slice((j * count) + first, points);
            Span<double> paddedRow = padded.AsSpan(j * WidestLanes, WidestLanes);
            row.CopyTo(paddedRow);
            paddedRow[points..].Fill(row[^1]);
        }
    }
}
