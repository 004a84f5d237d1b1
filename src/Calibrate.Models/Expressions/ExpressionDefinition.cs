using Calibrate.Problems;
using Calibrate.Problems.Data;
using Calibrate.Problems.Expressions;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Expressions;

/// <summary>Models of a few formulas that stand in the problem file: <c>model: { expression: { y: "a * x + b" }, over: { x: [0, 1, 2] } }</c>.</summary>
public sealed class ExpressionDefinition : IModelDefinition
{
    /// <summary>The output that, alone and without an axis, makes the model a log density.</summary>
    public const string LogDensity = "log_density";

    private const string Over = "over";

    /// <inheritdoc/>
    public string Name => "expression";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string Description => "Formulas of the parameters, one per output, and perhaps of one variable.";

    /// <inheritdoc/>
    public bool IsDirect => true;

    /// <inheritdoc/>
    public IReadOnlyList<ModelOption> Options { get; } =
    [
        new("expression", OptionKind.TextMapping, "The formula of each output; a single one called log_density is a density of its own.") { Required = true },
        new(Over, OptionKind.Axes, "The variable that is no parameter, with its values: they become the axis of every output."),
    ];

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files) => Create(options, files, ModelContext.None);

    /// <inheritdoc/>
    public ModelBinding Create(ModelOptions options, IDataFiles files, ModelContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        OutputSignature? variable = VariableOf(options, context);
        List<(string Name, Expression Formula)> outputs = [];
        foreach ((string name, string text) in options.TextMapping(Name))
        {
            outputs.Add((name, Parse(options, name, text)));
        }

        if (outputs.Count == 0)
        {
            throw options.Invalid(Name, "no output", "at least one, such as y: a + b");
        }

        HashSet<string> used = new(outputs.SelectMany(o => o.Formula.Names), StringComparer.Ordinal);
        if (variable is not null && !used.Contains(variable.Name))
        {
            throw options.Invalid(
                Over, $"'{variable.Name}', which no formula uses", "the variable of the formulas");
        }

        string[] parameters = [.. context.ParameterNames.Where(used.Contains)];
        Func<double[], double>[] formulas = [.. outputs.Select(o => Compile(options, o.Name, o.Formula, parameters, variable, context))];
        ModelParameter[] taken = [.. parameters.Select(p => new ModelParameter(p))];
        if (variable is null && outputs is [{ Name: LogDensity }])
        {
            return new LogDensityBinding(taken, new ExpressionDensityFactory(taken.Length, formulas[0]));
        }

        ModelSignature signature = new(
            taken, [.. outputs.Select(o => variable?.Axis is { } axis ? new OutputSignature(o.Name, axis) : new OutputSignature(o.Name))]);
        return new ForwardModelBinding(new ExpressionModelFactory(signature, formulas));
    }

    private static OutputSignature? VariableOf(ModelOptions options, ModelContext context)
    {
        if (!options.Has(Over))
        {
            return null;
        }

        IReadOnlyList<OutputSignature> axes = options.Axes(Over);
        if (axes is not [{ Axis: not null } variable])
        {
            throw options.Invalid(
                Over, axes is [var scalar] ? $"'{scalar.Name}' without values" : $"{axes.Count} variables", "one variable with its values, such as x: [0, 1, 2]");
        }

        return context.ParameterNames.Contains(variable.Name, StringComparer.Ordinal)
            ? throw options.Invalid(Over, $"'{variable.Name}', which is a parameter", "a name that is no parameter")
            : variable;
    }

    private static Expression Parse(ModelOptions options, string output, string text)
    {
        try
        {
            return Expression.Parse(text);
        }
        catch (ExpressionException mistake)
        {
            throw options.Invalid($"expression.{output}", mistake);
        }
    }

    private static Func<double[], double> Compile(
        ModelOptions options, string output, Expression formula, string[] parameters, OutputSignature? variable, ModelContext context)
    {
        try
        {
            // Against all names first: a misspelt one is to be told from all that may be written here.
            string[] variables = variable is null ? [] : [variable.Name];
            formula.Bind([.. context.ParameterNames, .. variables]);
            return formula.Compile([.. parameters, .. variables]);
        }
        catch (ExpressionException mistake)
        {
            throw options.Invalid($"expression.{output}", mistake);
        }
    }
}
