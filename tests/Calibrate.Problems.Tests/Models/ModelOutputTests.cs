using Calibrate.Problems.Models;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Models;

public class ModelOutputTests
{
    [Fact]
    public void Outputs_are_windows_into_all_values()
    {
        ModelOutput output = new(LineModel.LineSignature);
        Assert.True(double.IsNaN(output.Values[0]));
        output[1][0] = 7;
        Assert.Equal(7, output.Values[11]);
        Assert.Equal(11, output[0].Length);
        output.Reset([11]);
        Assert.True(double.IsNaN(output[1][0]));
    }

    [Fact]
    public void A_batch_has_the_points_of_a_value_together()
    {
        ModelOutputBatch outputs = new(LineModel.LineSignature);
        outputs.Reset(3);
        outputs[1][2] = 7;
        Assert.Equal(7, outputs.Values[(11 * 3) + 2]);
        outputs.Fail(1, "no");
        outputs.Fail(1, "later");
        Assert.Equal("no", outputs.Failures[1]!.Message);
        outputs.Reset(2, [11]);
        Assert.Null(outputs.Failures[1]);
        Assert.True(double.IsNaN(outputs.Values[22]) && double.IsNaN(outputs.Values[23]));
        Assert.Throws<ArgumentOutOfRangeException>(() => outputs.Fail(2, "x"));
    }
}
