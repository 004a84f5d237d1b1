using System.Text.Json;
using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Numerics;

namespace Calibrate.Inference.Tests.Moves;

public class StretchMoveTests
{
    /// <summary>By hand: u = 0.5 and a = 2 give z = 1.5^2 / 2 = 1.125.</summary>
    [Fact]
    public void KnownProposal()
    {
        (double[] proposal, double logFactor) = Points.Propose(new StretchMove(), [1, 2, 3], [[0, 1, -1]]);
        Points.AssertClose([1.125, 2.125, 3.5], proposal, 0);
        Assert.Equal(2 * Math.Log(1.125), logFactor, 1e-15);
    }

    /// <summary>The way back stretches by 1/z, with the inverse factor.</summary>
    [Fact]
    public void WayBackHasTheInverseFactor()
    {
        StretchMove move = new(3);
        double[] current = [1, 2, 3];
        double[] helper = [0.2, -1, 5];
        (double[] there, double factor) = Points.Propose(move, current, [helper], 0.3);
        double z = StretchFormulas.Factor(0.3, 3);
        double uniformBack = (Math.Sqrt(3 / z) - 1) / 2;
        (double[] back, double factorBack) = Points.Propose(move, there, [helper], uniformBack);
        Points.AssertClose(current, back, 1e-14);
        Assert.Equal(-factor, factorBack, 1e-13);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void RefusesAScaleThatIsNotAboveOne(double scale) => Assert.Throws<ArgumentOutOfRangeException>(() => new StretchMove(scale));

    /// <summary>Reference/stretch-move-replay.json: an independent implementation's chain, its variates fed in through the move.</summary>
    [Fact]
    public void ReferenceChainIsReproducedStepForStep()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "stretch-move-replay.json")));
        JsonElement root = document.RootElement;
        double[][] precision = Matrix(root.GetProperty("precision"));
        double[][] positions = Matrix(root.GetProperty("initial"));
        StretchMove move = new(root.GetProperty("a").GetDouble());
        int iterations = root.GetProperty("steps").GetArrayLength();
        for (int i = 0; i < iterations; i++)
        {
            foreach (JsonElement step in root.GetProperty("steps")[i].EnumerateArray())
            {
                int walker = step.GetProperty("walker").GetInt32();
                double[] helper = positions[step.GetProperty("partner").GetInt32()];
                (double[] proposal, double logFactor) = Points.Propose(move, positions[walker], [helper], step.GetProperty("u_z").GetDouble());
                double logUniform = Elementary.Log(step.GetProperty("u_accept").GetDouble());
                bool accepts = StretchFormulas.Accepts(logFactor, LogDensity(precision, proposal), LogDensity(precision, positions[walker]), logUniform);
                Assert.Equal(step.GetProperty("accepted").GetBoolean(), accepts);
                positions[walker] = accepts ? proposal : positions[walker];
            }

            double[][] expected = Matrix(root.GetProperty("chain")[i]);
            for (int walker = 0; walker < expected.Length; walker++)
            {
                Points.AssertClose(expected[walker], positions[walker], 1e-12);
            }
        }

        Assert.Equal(60, iterations);
    }

    private static double LogDensity(double[][] precision, double[] x)
    {
        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            for (int k = 0; k < x.Length; k++)
            {
                sum += x[j] * precision[j][k] * x[k];
            }
        }

        return -0.5 * sum;
    }

    private static double[][] Matrix(JsonElement element) =>
        [.. element.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetDouble()).ToArray())];
}
