using Calibrate.Reports.Exports;

namespace Calibrate.Reports.Tests.Exports;

public class ExportVariableTests
{
    [Fact]
    public async Task Outputs_recorded_as_a_whole_are_vectors_and_the_rest_are_numbers()
    {
        using var run = await ExportedRun.SampleAsync();
        var variables = ExportVariable.Of(run.Problem);

        Assert.Equal(["mu", "lambda0", "total", "y", ExportedRun.OddName], variables.Select(variable => variable.Name));
        Assert.Equal(["y@0", "y@1", "y@2"], variables[3].Columns);
        Assert.Equal([0, 1, 2], variables[3].Axis!);
        Assert.Equal(["m", null, null, "K", null], variables.Select(variable => variable.Unit));
        Assert.Equal("decay rate", variables[1].Label);
    }

    [Fact]
    public async Task A_part_of_an_output_stays_numbers_with_its_unit()
    {
        using var run = await ExportedRun.SampleAsync(builder => builder.Record("y@1..2"), plain: true);
        var variables = ExportVariable.Of(run.Problem);

        Assert.Equal(["mu", "lambda0", "y@1", "y@2"], variables.Select(variable => variable.Name));
        Assert.All(variables, variable => Assert.Null(variable.Axis));
        Assert.Equal("K", variables[^1].Unit);
    }
}
