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
        IBatchModel first = (IBatchModel)ReferenceData.Factory.Create();
        IBatchModel second = (IBatchModel)ReferenceData.Factory.Create();
        double[] parameters = TwoLayerRun.Parameters(first.Signature);
        ModelOutput[] outputs = [.. Enumerable.Range(0, 8).Select(_ => new ModelOutput(first.Signature))];
        Parallel.For(0, 8, i => (i % 2 == 0 ? ReferenceData.Factory.Create() : second).Evaluate(parameters, outputs[i]));
        Assert.All(outputs, o => Bits.AssertSame(outputs[0].Values, o.Values));
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
