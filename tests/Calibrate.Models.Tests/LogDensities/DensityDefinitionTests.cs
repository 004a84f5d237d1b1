using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.LogDensities;

/// <summary>Makes densities the way a problem file does.</summary>
public abstract class DensityDefinitionTests(IModelDefinition definition)
{
    protected ILogDensity Create(params (string Name, object Value)[] options) => Bind(options).Factory.Create();

    protected string[] NamesOf(params (string Name, object Value)[] options) => [.. Bind(options).Parameters.Select(p => p.Name)];

    protected void Refuses(string option, params (string Name, object Value)[] options)
    {
        ModelOptionException error = Assert.Throws<ModelOptionException>(() => Bind(options));
        Assert.Equal($"model.options.{option}", error.Path);
    }

    private LogDensityBinding Bind((string Name, object Value)[] options) => Assert.IsType<LogDensityBinding>(definition.Create(
        new ModelOptions(options.ToDictionary(o => o.Name, o => o.Value, StringComparer.Ordinal)), new TextFiles()));
}
