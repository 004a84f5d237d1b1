using Calibrate.Models.TwoLayer;
using Calibrate.Problems.Data;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.TwoLayer;

public class TwoLayerDefinitionTests
{
    private const string Small = "year,co2,total\n2000,1,1.5\n2001,2,2.5\n";

    [Fact]
    public void Reads_agents_and_years_from_the_file()
    {
        ModelSignature signature = Create(Small, ("forcing", "f.csv")).Factory.Signature;
        Assert.Equal("co2_scale", Assert.Single(signature.Parameters.Skip(6)).Name);
        Assert.Equal([2000, 2001], signature.Outputs[0].Axis!);
    }

    [Fact]
    public void Takes_columns_by_other_names_and_only_the_agents_asked_for()
    {
        ModelSignature signature = Create(
            "Time,net,a b,c\n1,2,3,4\n",
            ("forcing", "f.csv"),
            ("time_column", "Time"),
            ("total_column", "net"),
            ("agent_columns", new[] { "a b" })).Factory.Signature;
        Assert.Equal(["a_b_scale"], signature.Parameters.Skip(6).Select(p => p.Name));
    }

    [Fact]
    public void Takes_values_instead_of_a_file()
    {
        IModelFactory inline = Create(null, ("forcing_values", new[] { 1.5, 2.5 }), ("first_year", 2000)).Factory;
        Assert.Equal([2000, 2001], inline.Signature.Outputs[0].Axis!);
        Bits.AssertSame(
            TwoLayerRun.Of(Create(Small, ("forcing", "f.csv")).Factory)["surface_temperature"],
            TwoLayerRun.Of(inline)["surface_temperature"]);
    }

    [Fact]
    public void Takes_the_number_of_steps()
    {
        Assert.NotEqual(
            TwoLayerRun.Of(Create(Small, ("forcing", "f.csv")).Factory)["surface_temperature"][1],
            TwoLayerRun.Of(Create(Small, ("forcing", "f.csv"), ("steps_per_year", 1)).Factory)["surface_temperature"][1]);
    }

    [Theory]
    [InlineData("steps_per_year", 0)]
    [InlineData("steps_per_year", 1001)]
    [InlineData("first_year", 1750)]
    public void Refuses_options_that_make_no_sense(string name, int value)
    {
        ModelOptionException error = Assert.Throws<ModelOptionException>(() => Create(Small, ("forcing", "f.csv"), (name, value)));
        Assert.Equal($"model.options.{name}", error.Path);
    }

    [Fact]
    public void Refuses_no_forcing_and_two_forcings()
    {
        Assert.Equal("model.options.forcing", Assert.Throws<ModelOptionException>(() => Create(Small)).Path);
        Assert.Equal(
            "model.options.forcing_values",
            Assert.Throws<ModelOptionException>(
                () => Create(Small, ("forcing", "f.csv"), ("forcing_values", new[] { 1.0 }), ("first_year", 1))).Path);
        Assert.Throws<ModelOptionException>(() => Create(null, ("forcing_values", new[] { 1.0 })));
        Assert.Throws<ModelOptionException>(() => Create(null, ("forcing_values", Array.Empty<double>()), ("first_year", 1)));
    }

    [Fact]
    public void Refuses_a_table_that_is_no_table_of_agents()
    {
        string file = "year,total," + string.Join(',', Enumerable.Range(0, 1001).Select(i => $"g{i}"))
            + "\n2000,1" + string.Concat(Enumerable.Repeat(",2", 1001)) + "\n";
        ModelOptionException error = Assert.Throws<ModelOptionException>(() => Create(file, ("forcing", "f.csv")));
        Assert.Contains("1001 columns", error.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("year,total\n2000,1\n2002,1\n", 3, "2002")]
    [InlineData("year,total\n2000,1\n2000,1\n", 3, "2000")]
    [InlineData("year,total\n2000,1\n2001,x\n", 3, "'x'")]
    [InlineData("year,co2\n2000,1\n", 1, "no column 'total'")]
    [InlineData("year,co2,total\n2000,?,1\n", 2, "'?'")]
    [InlineData("year,total\n", 0, "no rows")]
    public void Points_at_the_mistake_in_the_file(string text, int line, string found)
    {
        DataFileException error = Assert.Throws<DataFileException>(() => Create(text, ("forcing", "f.csv")));
        Assert.Equal(line, error.Line);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_agents_whose_scales_would_share_a_name()
    {
        ModelOptionException error = Assert.Throws<ModelOptionException>(
            () => Create("year,a-b,a_b,total\n2000,1,1,1\n", ("forcing", "f.csv")));
        Assert.Contains("a_b_scale", error.Found, StringComparison.Ordinal);
    }

    private static ForwardModelBinding Create(string? file, params (string Name, object Value)[] options)
    {
        TextFiles files = [];
        if (file is not null)
        {
            files["f.csv"] = file;
        }

        ModelOptions given = new(options.ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal));
        return Assert.IsType<ForwardModelBinding>(new TwoLayerDefinition().Create(given, files));
    }
}
