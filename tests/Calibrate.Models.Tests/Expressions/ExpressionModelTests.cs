using Calibrate.Models.Expressions;
using Calibrate.Problems.Expressions;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.Expressions;

public class ExpressionModelTests
{
    private static readonly double[] Axis = [0, 0.5, 2];
    private static readonly ModelSignature Signature = new(
        [new ModelParameter("a"), new ModelParameter("b")], [new OutputSignature("y", Axis), new OutputSignature("z", Axis)]);

    private static readonly ExpressionModelFactory Factory = new(Signature, [Compile("a * x + b"), Compile("exp(-a * x) / b")]);

    [Fact]
    public void Computes_every_output_along_the_axis()
    {
        ModelOutput output = new(Signature);
        Factory.Create().Evaluate([2, 3], output);
        Assert.Equal([3, 4, 7, 1.0 / 3, Math.Exp(-1) / 3, Math.Exp(-4) / 3], output.Values.ToArray());
    }

    [Fact]
    public void A_batch_has_the_bits_of_one_at_a_time()
    {
        IBatchModel model = Assert.IsAssignableFrom<IBatchModel>(Factory.Create());
        double[] points = [0.1, 0.2, 0.3, 1.1, 1.2, 1.3];
        ModelOutputBatch batch = new(Signature);
        batch.Reset(3);
        model.Evaluate(3, points, batch);
        ModelOutput single = new(Signature);
        for (int i = 0; i < 3; i++)
        {
            single.Reset();
            model.Evaluate([points[i], points[3 + i]], single);
            for (int v = 0; v < single.Values.Length; v++)
            {
                Assert.Equal(single.Values[v], batch.Values[(v * 3) + i]);
            }
        }
    }

    [Fact]
    public void Leaves_out_what_nobody_reads()
    {
        ModelOutput output = new(Signature);
        Factory.Create(new HashSet<int> { 1, 5 }).Evaluate([2, 3], output);
        Assert.Equal([double.NaN, 4, double.NaN, double.NaN, double.NaN, Math.Exp(-4) / 3], output.Values.ToArray());
    }

    private static Func<double[], double> Compile(string text) => Expression.Parse(text).Compile(["a", "b", "x"]);
}
