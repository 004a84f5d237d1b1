using Calibrate.Models.TwoLayer;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.TwoLayer;

public class TwoLayerModelFactoryTests
{
    [Fact]
    public void A_selection_gives_the_same_bits_and_leaves_the_rest()
    {
        TwoLayerModelFactory factory = ReferenceData.Factory;
        double[] parameters = TwoLayerRun.Parameters(factory.Signature);
        ModelOutput all = new(factory.Signature);
        factory.Create().Evaluate(parameters, all);
        HashSet<int> rows = [3, 100, 269, 540 + 200];
        ModelOutput some = new(factory.Signature);
        factory.Create(rows).Evaluate(parameters, some);
        for (int row = 0; row < factory.Signature.OutputLength; row++)
        {
            Bits.AssertSame(rows.Contains(row) ? all.Values[row] : double.NaN, some.Values[row]);
        }
    }

    [Fact]
    public void Instances_share_nothing_mutable()
    {
        ModelSignature signature = ReferenceData.Factory.Signature;
        double[] parameters = TwoLayerRun.Parameters(signature, ("aerosol_scale", 0.6));
        double[] batch = [.. parameters.SelectMany(p => Enumerable.Repeat(p, 3))];
        ModelOutput expected = new(signature);
        ReferenceData.Factory.Create().Evaluate(parameters, expected);
        Parallel.For(0, 8, _ =>
        {
            IBatchModel own = (IBatchModel)ReferenceData.Factory.Create();
            ModelOutputBatch outputs = new(signature);
            outputs.Reset(3);
            own.Evaluate(3, batch, outputs);
            for (int row = 0; row < signature.OutputLength; row++)
            {
                Bits.AssertSame(expected.Values[row], outputs.Values[(row * 3) + 2]);
            }
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void Steps_out_of_range_are_refused(int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoLayerModelFactory(ReferenceData.Forcing, steps));

    [Fact]
    public void The_signature_names_parameters_with_defaults_and_outputs_by_year()
    {
        ModelSignature signature = ReferenceData.Factory.Signature;
        Assert.Equal(["lambda0", "eta", "epsilon", "cs", "cd", "a"], signature.Parameters.Take(6).Select(p => p.Name));
        Assert.Equal([null, null, 1.3, null, 100, 0], signature.Parameters.Take(6).Select(p => p.Default));
        Assert.All(signature.Parameters.Skip(6), p => Assert.Equal(1, p.Default));
        Assert.All(signature.Outputs, o => Assert.Equal(Enumerable.Range(1750, 270).Select(y => (double)y), o.Axis));
    }
}
