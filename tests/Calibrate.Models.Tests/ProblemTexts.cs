using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests;

/// <summary>Problems from texts, and what they give.</summary>
internal static class ProblemTexts
{
    /// <summary>Loads a text as if it stood in a folder.</summary>
    public static Problem Load(string text, string? folder = null) =>
        ProblemFile.Parse(new ProblemSource(Path.Combine(folder ?? AppContext.BaseDirectory, "p.yaml"), text, []), new BuiltInModels());

    /// <summary>The only mistake of a text.</summary>
    public static ProblemError Mistake(string text, string? folder = null) =>
        Assert.Single(Assert.Throws<ProblemException>(() => Load(text, folder)).Errors);

    /// <summary>Evaluates one point of the natural space.</summary>
    public static EvaluationOutcome Evaluate(ILikelihood likelihood, params double[] point)
    {
        EvaluationBatch batch = new();
        likelihood.Evaluate(1, point, batch);
        return batch.OutcomeOf(0);
    }

    /// <summary>The log likelihood at one point of the natural space.</summary>
    public static double LogLikelihood(Problem problem, params double[] point)
    {
        ILikelihood likelihood = problem.Likelihood.Create();
        try
        {
            return Assert.IsType<Evaluated>(Evaluate(likelihood, point)).LogLikelihood;
        }
        finally
        {
            (likelihood as IDisposable)?.Dispose();
        }
    }
}
