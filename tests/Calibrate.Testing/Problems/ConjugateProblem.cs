using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Targets;

namespace Calibrate.Testing.Problems;

/// <summary>One parameter with a normal prior and normal observations of it: the posterior is known in closed form.</summary>
public sealed record ConjugateProblem
{
    /// <summary>Mean of the prior.</summary>
    public double PriorMean { get; init; }

    /// <summary>Standard deviation of the prior.</summary>
    public double PriorSd { get; init; } = 2;

    /// <summary>The observations.</summary>
    public double[] Values { get; init; } = [1.2, 0.4, 0.9, 1.5];

    /// <summary>Standard deviation of each observation.</summary>
    public double Sigma { get; init; } = 0.8;

    /// <summary>What the problem records.</summary>
    public string? Record { get; init; } = "outputs";

    /// <summary>Identity of the model.</summary>
    public string Identity { get; init; } = "same value at every place";

    /// <summary>Iterations per ensemble.</summary>
    public int Iterations { get; init; } = 2000;

    /// <summary>Is told of every evaluation of the model.</summary>
    public Action? OnEvaluation { get; init; }

    /// <summary>How the work is carried out.</summary>
    public ExecutionSpecification Execution { get; init; } = ExecutionSpecification.Default;

    /// <summary>Mean of the posterior.</summary>
    public double PosteriorMean => ((PriorMean / (PriorSd * PriorSd)) + (Values.Sum() / (Sigma * Sigma))) * PosteriorSd * PosteriorSd;

    /// <summary>Standard deviation of the posterior.</summary>
    public double PosteriorSd => 1 / Math.Sqrt((1 / (PriorSd * PriorSd)) + (Values.Length / (Sigma * Sigma)));

    /// <summary>Makes the problem.</summary>
    public Problem Build()
    {
        var builder = new ProblemBuilder("conjugate")
            .Model(new PlacesFactory(OnEvaluation), Identity)
            .Parameter("mu", new Normal(PriorMean, PriorSd))
            .Target(new Target("places", "y")
            {
                Times = [.. Enumerable.Range(0, Values.Length).Select(t => (double)t)],
                Values = Values,
                Sigmas = [.. Values.Select(_ => Sigma)],
            })
            .Derived(new DerivedQuantity("twice", "2 * mu"))
            .Execution(Execution)
            .Method(new EnsembleSpecification { Ensembles = 2, Walkers = 16, Iterations = Iterations, WarmUp = Iterations / 5, Seed = 5 });
        return (Record is null ? builder : builder.Record(Record)).Build();
    }

    private sealed class PlacesFactory(Action? onEvaluation) : IModelFactory, IModel
    {
        private const int Places = 6;

        public ModelSignature Signature { get; } = new(
            [new ModelParameter("mu")],
            [new OutputSignature("y", [.. Enumerable.Range(0, Places).Select(t => (double)t)]), new OutputSignature("square")]);

        public IModel Create() => this;

        public void Evaluate(ReadOnlySpan<double> parameters, ModelOutput output)
        {
            onEvaluation?.Invoke();
            output[0].Fill(parameters[0]);
            output[1][0] = parameters[0] * parameters[0];
        }
    }
}
