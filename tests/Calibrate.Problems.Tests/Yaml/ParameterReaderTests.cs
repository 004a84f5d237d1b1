using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class ParameterReaderTests
{
    [Fact]
    public void Short_and_long_forms_mean_the_same()
    {
        Parameter[] parameters = Read("a: 2\nb: { value: 2 }\nc: normal(0, 1)\nd: { prior: { gaussian: { mu: 0, sigma: 1 } } }\ne: { prior: flat }\nf: flat\ng: { tie: a }\nh: 1 / 2");
        Assert.Equal(parameters[0] with { Name = "b", Key = "b" }, parameters[1]);
        Assert.Equal(parameters[2].Prior!.ToString(), parameters[3].Prior!.ToString());
        Assert.Equal("flat", parameters[4].Prior!.ToString());
        Assert.Equal("flat", parameters[5].Prior!.ToString());
        Assert.Equal((ParameterRole.Tied, "a"), (parameters[6].Role, parameters[6].Tie));
        Assert.Equal((ParameterRole.Fixed, 0.5), (parameters[7].Role, parameters[7].Value));
    }

    [Fact]
    public void Bounds_transform_unit_and_label_are_kept()
    {
        Parameter parameter = Read("a: { prior: flat, bounds: [-inf, 3], transform: logit, unit: K, label: A b }")[0];
        Assert.Equal((new(double.NegativeInfinity, 3), ParameterTransform.Logit, "K", "A b"), (parameter.Bounds, parameter.Transform, parameter.Unit, parameter.Label));
    }

    [Fact]
    public void A_star_leaves_named_parameters_alone() =>
        Assert.Equal(["x2", "x1", "x3"], Read("x2: 5\nx*: normal(0, 1)").Select(p => p.Name));

    private static Parameter[] Read(string yaml)
    {
        Mistakes mistakes = new();
        YamlMapping mapping = (YamlMapping)YamlTreeReader.Read("f", yaml, mistakes)!;
        ModelParameter[] model = [new("x1"), new("x2"), new("x3")];
        Parameter[] parameters = [.. new ParameterReader(mistakes).Read(new Section(mapping, "parameters"), model)];
        Assert.Empty(mistakes.Errors);
        return parameters;
    }
}
