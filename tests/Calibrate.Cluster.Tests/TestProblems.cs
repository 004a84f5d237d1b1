namespace Calibrate.Cluster.Tests;

/// <summary>Problem files of these tests. All sample a two-dimensional normal; what differs is what happens during an evaluation.</summary>
internal static class TestProblems
{
    private const string Parameters = """
        parameters:
          x1: normal(0, 3)
          x2: normal(0, 3)
        """;

    /// <summary>A second's work.</summary>
    public static string Brief => Of("name: sleep\n  options: {milliseconds: 1}", iterations: 30, execution: "");

    /// <summary>Some seconds' work on two slots: long enough to be disturbed several times.</summary>
    public static string Lasting => Of("name: sleep\n  options: {milliseconds: 2, sigma: 0.5}", iterations: 200, execution: "");

    /// <summary>Evaluations long enough that a worker can be killed in the middle of a few dozen.</summary>
    public static string Slow => Of("name: sleep\n  options: {milliseconds: 40}", iterations: 30, execution: "");

    /// <summary>A problem with a data file, <c>data/observed.csv</c>: a column <c>year</c> and a column <c>warming</c>.</summary>
    public static string WithData => """
        name: with-data
        model:
          name: two-layer
          options: {forcing_values: [1, 2, 3, 4, 5], first_year: 2000}
        parameters:
          lambda0: uniform(0.3, 3)
          eta: uniform(0.1, 2)
          cs: normal(8, 1.5)
        targets:
          warming: {output: surface_temperature, file: data/observed.csv, columns: {time: year, value: warming}, sigma: 0.1}
        method: {kind: ensemble, ensembles: 2, walkers: 12, iterations: 30, warm_up: 0, seed: 1}
        """;

    /// <summary>Misbehaves where x1 is above 4, where two walkers start and no posterior mass is; some canaries lie there too.</summary>
    public static string Faulty(string fault, string execution = "") =>
        Of($"name: faulty\n  options: {{fault: {fault}, above: 4, milliseconds: 1}}", iterations: 20, execution);

    /// <summary>Misbehaves where the walkers start and no canary is: it shows only in the run.</summary>
    public static string FaultyAtStart(string fault) =>
        Of($"name: faulty\n  options: {{fault: {fault}, above: 15, milliseconds: 1}}", iterations: 20, "", "{ball: {center: {x1: 15, x2: 0}, radius: 0.5}}");

    private static string Of(string model, int iterations, string execution, string initial = "prior") => $$"""
        name: normal
        model:
          {{model}}
        {{Parameters}}
        method: {kind: ensemble, ensembles: 2, walkers: 12, iterations: {{iterations}}, warm_up: 0, seed: 1, initial: {{initial}}}
        execution: { {{execution}} }
        """;
}
