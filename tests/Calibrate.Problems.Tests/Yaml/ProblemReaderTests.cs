using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Yaml;

public class ProblemReaderTests
{
    public static TheoryData<string> Refused => [.. RefusedProblem.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Every_mistake_is_reported_with_its_place_what_was_found_and_what_was_expected(string name)
    {
        RefusedProblem refused = RefusedProblem.All.Single(p => p.Name == name);
        Assert.Equal(refused.Messages, Read.Errors(refused.Text, new MemoryFiles(refused.Files), refused.Overrides));
    }

    [Fact]
    public void The_transcript_of_refusals_is_all_there() => Assert.True(RefusedProblem.All.Count > 100);

    [Fact]
    public void The_shortest_problem_takes_defaults()
    {
        Problem problem = Read.Problem(Read.Line);
        Assert.Equal("p", problem.Name);
        Assert.Equal(["slope"], problem.SampledNames);
        Assert.Equal(["slope", "intercept"], problem.NaturalNames);
        Assert.Equal(ParameterRole.Fixed, problem.Parameters[1].Role);
        EnsembleSpecification method = Assert.IsType<EnsembleSpecification>(problem.Method);
        Assert.Equal((4, 32, 5000, 1), (method.Ensembles, method.WalkersFor(1), method.Iterations, method.Thin));
        Assert.IsType<InitialFromPrior>(method.Initial);
        Assert.Equal(ExecutionSpecification.Default, problem.Execution);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        Problem problem = Read.Problem("""
            name: every-key
            description: all keys at once
            model:
              name: rich
              options:
                mode: slow
                step: 1 / 4
                exact: true
                note: "1.5"
                weights: [1, 2.5]
                matrix: [[1, 2], [3, 4]]
                agents: [a, b]
                names: { out: column }
                input: { file: forcing.csv, column: f }
            parameters:
              slope: { prior: { normal: { mean: 1, sd: 2 } }, bounds: [-inf, 9], unit: m, label: The slope }
              intercept: { tie: 2 * slope + noise }
              noise: { prior: "log_normal(0, 1)", transform: log }
            targets:
              series:
                output: y
                file: data.csv
                columns: { time: t, value: v, lower: lo, upper: hi, weight: w }
                coverage: 0.9
                time_offset: -0.5
                separator: ";"
                comment: "%"
                skip_lines: 1
                extra_sigma: noise
                covariance_scale: 1.5
                scale: 2 * pi
                reference: [2000, 2001]
                from: 2001
                to: 2003
                mask: [2002]
                weight: 0.5
                likelihood: student_t(4)
              single: { output: total, value: 3, sigma: 1, likelihood: { student_t: { nu: 3 } } }
            record: [y@2001..2002, { output: total, name: whole }]
            derived:
              ratio: whole / slope
              other: { expression: slope ^ 2, unit: m2, label: Square }
            method:
              kind: ensemble
              ensembles: 2
              walkers: 16
              iterations: 100
              warm_up: 20
              thin: 5
              seed: 18446744073709551615
              moves: [{ kind: stretch, weight: 0.5, scale: 3 }, de, { kind: snooker, gamma: 1.7 }, { kind: walk, helpers: 3 }, { kind: kde, bandwidth: 0.5 }]
              initial: { ball: { center: { slope: 1 }, radius: 0.1, radii: { noise: 0.2 } } }
              stop: { ess: 400, rhat: 1.01, wall_time: 1.5 h }
            execution: { slots: 2, scheduling: dataflow, isolation: process, timeout: 90 s, memory: 512 MiB, verdicts: reject, recycle: 7 }
            """,
            new MemoryFiles(("forcing.csv", "f\n1"), ("data.csv", "title\n%x\nt;v;lo;hi;w\n2000.5;1;0;2;1\n2001.5;2;1;3;1\n2002.5;;;;1\n2003.5;4;3;5;2")));
        Assert.Equal("every-key", problem.Name);
        Assert.Equal(["slope", "noise"], problem.SampledNames);
        Assert.Equal(["y@2001", "y@2002", "whole"], problem.RecordedNames);
        Assert.Equal(["slope", "noise", "ratio", "other"], problem.ReportedNames);
        Assert.Equal("m2", problem.Derived.Quantities[1].Unit);
        EnsembleSpecification method = Assert.IsType<EnsembleSpecification>(problem.Method);
        Assert.Equal(ulong.MaxValue, method.Seed);
        Assert.Equal([MoveKind.Stretch, MoveKind.De, MoveKind.Snooker, MoveKind.Walk, MoveKind.Kde], method.Moves.Select(m => m.Kind));
        Assert.Equal((0.5, 3.0), (method.Moves[0].Weight, method.Moves[0].Scale));
        InitialBall ball = Assert.IsType<InitialBall>(method.Initial);
        Assert.Equal((1.0, 0.1, 0.2), (ball.Center["slope"], ball.Radius, ball.Radii["noise"]));
        Assert.Equal(new StopSpecification { EffectiveSampleSize = 400, RHat = 1.01, WallTime = TimeSpan.FromHours(1.5) }, method.Stop);
        Assert.Equal(
            new ExecutionSpecification
            {
                Slots = 2,
                Scheduling = SchedulingKind.Dataflow,
                Isolation = IsolationKind.Process,
                Timeout = TimeSpan.FromSeconds(90),
                Memory = 512 * 1024 * 1024,
                Verdicts = VerdictPolicy.Reject,
                Recycle = 7,
            },
            problem.Execution);
    }

    [Fact]
    public void Commas_of_a_prior_need_no_quotes_in_braces()
    {
        Problem problem = Read.Problem("model: { name: bump, options: { dimension: 1 } }\nparameters:\n  x1: { prior: triangular(0, 1, 2), unit: m }");
        Assert.Equal("triangular(0, 1, 2)", problem.Parameters[0].Prior!.ToString());
        Assert.Equal("m", problem.Parameters[0].Unit);
    }

    [Fact]
    public void A_star_stands_for_the_parameters_that_are_not_named()
    {
        Problem problem = Read.Problem("model: { name: bump, options: { dimension: 4 } }\nparameters:\n  x2: uniform(0, 1)\n  x*: normal(0, 3)");
        Assert.Equal(["x2", "x1", "x3", "x4"], problem.SampledNames);
        Assert.Equal("normal(0, 3)", problem.Parameters[3].Prior!.ToString());
    }

    [Fact]
    public void Anchors_and_aliases_save_typing()
    {
        Problem problem = Read.Problem("model: bump\nparameters:\n  x1: &wide { prior: normal(0, 10) }\n  x2: *wide");
        Assert.Equal("normal(0, 10)", problem.Parameters[1].Prior!.ToString());
    }

    [Fact]
    public void Overrides_apply_in_order_before_the_check()
    {
        Problem problem = Read.Problem(Read.Line, null, "method.iterations=7", "method.iterations=9", "parameters.slope.prior=uniform(0, 2)", "targets.t.values.0=5");
        Assert.Equal(9, problem.Method.Iterations);
        Assert.Equal("uniform(0, 2)", problem.Parameters[0].Prior!.ToString());
        Assert.Equal(["method.iterations=7", "method.iterations=9", "parameters.slope.prior=uniform(0, 2)", "targets.t.values.0=5"], problem.Source!.Overrides);
    }

    [Fact]
    public void Starting_points_are_read_from_a_file_by_column()
    {
        string rows = string.Concat(Enumerable.Range(0, 16).Select(i => $"{i},{10 * i}\n"));
        Problem problem = Read.Problem(
            "model: bump\nparameters:\n  x1: normal(0, 1)\n  x2: flat\nmethod: { ensembles: 2, walkers: 8, initial: { file: start.csv } }",
            new MemoryFiles(("start.csv", "x2,x1\n" + rows)));
        InitialFromFile start = Assert.IsType<InitialFromFile>(((EnsembleSpecification)problem.Method).Initial);
        Assert.Equal([30.0, 3.0], start.Points[3]);
    }

    [Fact]
    public void A_random_search_can_be_asked_for()
    {
        Problem problem = Read.Problem(Read.Line + "\nmethod: { kind: random_search, candidates: 8, iterations: 3, ensembles: 2 }");
        RandomSearchSpecification search = Assert.IsType<RandomSearchSpecification>(problem.Method);
        Assert.Equal((8, 3, 2), (search.Candidates, search.Iterations, search.Ensembles));
    }
}
