using Calibrate.Models.Lanes;
using Calibrate.Models.TwoLayer;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.TwoLayer;

public class TwoLayerModelTests
{
    private static readonly ModelSignature Signature = ReferenceData.Factory.Signature;

    public static TheoryData<int, int> WidthsAndCounts()
    {
        TheoryData<int, int> data = [];
        foreach (int width in (int[])[1, 4, 8])
        {
            foreach (int count in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 16, 17, 31, 40])
            {
                data.Add(width, count);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(WidthsAndCounts))]
    public void A_batch_has_the_bits_of_single_runs(int width, int count)
    {
        double[] points = RandomPoints(count, seed: count);
        IBatchModel model = Create((LaneWidth)width);
        ModelOutputBatch batch = new(Signature);
        batch.Reset(count);
        model.Evaluate(count, points, batch);

        ModelOutput single = new(Signature);
        for (int i = 0; i < count; i++)
        {
            model.Evaluate(PointOf(points, count, i), single);
            for (int v = 0; v < Signature.OutputLength; v++)
            {
                Bits.AssertSame(single.Values[v], batch.Values[(v * count) + i]);
            }
        }
    }

    [Fact]
    public void Unstable_and_broken_points_have_the_bits_of_single_runs_and_spare_their_neighbours()
    {
        double[] points = RandomPoints(16, seed: 3);
        points[(0 * 16) + 2] = double.NaN;
        points[(3 * 16) + 5] = 1e-3; // far too small a heat capacity for the step: overflows within years
        points[(3 * 16) + 9] = 0;
        points[(6 * 16) + 11] = double.NaN;
        points[(0 * 16) + 12] = double.PositiveInfinity;
        foreach (LaneWidth width in Enum.GetValues<LaneWidth>())
        {
            IBatchModel model = Create(width);
            ModelOutputBatch batch = new(Signature);
            batch.Reset(16);
            model.Evaluate(16, points, batch);
            ModelOutput single = new(Signature);
            for (int i = 0; i < 16; i++)
            {
                model.Evaluate(PointOf(points, 16, i), single);
                Assert.Equal(i is 2 or 5 or 9 or 11 or 12, !double.IsFinite(single.Values[269]));
                for (int v = 0; v < Signature.OutputLength; v++)
                {
                    Bits.AssertSame(single.Values[v], batch.Values[(v * 16) + i]);
                }
            }
        }
    }

    [Fact]
    public void A_parameter_that_is_not_a_number_leaves_no_number()
    {
        foreach (ModelParameter parameter in Signature.Parameters)
        {
            TwoLayerRun run = TwoLayerRun.Of(ReferenceData.Factory, (parameter.Name, double.NaN));
            Assert.All(run["surface_temperature"], value => Assert.True(double.IsNaN(value), parameter.Name));
            Assert.All(run["heat_content"], value => Assert.True(double.IsNaN(value), parameter.Name));
        }
    }

    [Fact]
    public void A_scale_of_one_changes_no_bit()
    {
        ForcingSeries bare = new(ReferenceData.Forcing.Years, ReferenceData.Forcing.Total.ToArray());
        Bits.AssertSame(
            TwoLayerRun.Of(bare, 10)["surface_temperature"], TwoLayerRun.Of(ReferenceData.Factory)["surface_temperature"]);
    }

    [Fact]
    public void A_neighbour_that_scales_an_agent_changes_no_bit()
    {
        double[] points = RandomPoints(8, seed: 1);
        int scale = Signature.Parameters.ToList().FindIndex(p => p.Name == "solar_scale");
        IBatchModel model = Create(LaneWidth.Vector512);
        ModelOutputBatch before = new(Signature);
        before.Reset(8);
        model.Evaluate(8, points, before);
        double[] first = [.. Enumerable.Range(0, Signature.OutputLength).Select(v => before.Values[v * 8])];
        points[(scale * 8) + 7] = 2;
        model.Evaluate(8, points, before);
        Bits.AssertSame(first, [.. Enumerable.Range(0, Signature.OutputLength).Select(v => before.Values[v * 8])]);
    }

    [Fact]
    public void A_batch_allocates_nothing()
    {
        double[] points = RandomPoints(13, seed: 2);
        IBatchModel model = Create(LaneWidths.Widest);
        ModelOutputBatch batch = new(Signature);
        batch.Reset(13);
        model.Evaluate(13, points, batch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Evaluate(13, points, batch);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_wrong_number_of_parameters_is_refused()
    {
        IBatchModel model = Create(LaneWidth.Scalar);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(new double[3], new ModelOutput(Signature)));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(2, new double[3], new ModelOutputBatch(Signature)));
    }

    private static IBatchModel Create(LaneWidth width) =>
        (IBatchModel)new TwoLayerModelFactory(ReferenceData.Forcing, 10, width).Create();

    private static double[] PointOf(double[] points, int count, int point) =>
        [.. Enumerable.Range(0, Signature.Parameters.Count).Select(j => points[(j * count) + point])];

    private static double[] RandomPoints(int count, int seed)
    {
        Random random = new(seed);
        double[] centre = TwoLayerRun.Parameters(Signature, ("a", 0.03));
        double[] points = new double[centre.Length * count];
        for (int j = 0; j < centre.Length; j++)
        {
            // two of the agents are scaled, the others stand at one as in most problems
            bool fixedScale = j >= TwoLayerParameters.FirstScale && Signature.Parameters[j].Name is not ("aerosol_scale" or "co2_scale");
            for (int i = 0; i < count; i++)
            {
                points[(j * count) + i] = fixedScale ? 1 : centre[j] * (0.5 + random.NextDouble());
            }
        }

        return points;
    }
}
