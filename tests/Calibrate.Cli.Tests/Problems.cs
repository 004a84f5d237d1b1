namespace Calibrate.Cli.Tests;

/// <summary>Small problem files for tests of the command line.</summary>
internal static class Problems
{
    /// <summary>A correlated Gaussian in two dimensions: some microseconds per thousand evaluations.</summary>
    public const string Gaussian = """
        model:
          name: gaussian
          options:
            mean: [1, -2]
            covariance: [[1, 0.5], [0.5, 2]]
        parameters:
          x1: { prior: "uniform(-20, 20)", unit: m }
          x2: { prior: "uniform(-20, 20)" }
        derived:
          difference: x1 - x2
        method:
          ensembles: 2
          walkers: 8
          iterations: 4000
          warm_up: 500
          seed: 7
        """;
}
