using Calibrate.Problems.Building;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Tests.Building;

public class MethodChecksTests
{
    private static readonly Parameter[] Two = [Parameter.Free("a", new Numerics.Distributions.Normal(0, 1)), Parameter.Flat("b")];

    [Fact]
    public void A_flat_prior_needs_a_ball_with_a_center()
    {
        Assert.Equal(["parameters.b.prior"], Paths(new EnsembleSpecification()));
        Assert.Equal(["parameters.b.prior"], Paths(new EnsembleSpecification { Initial = new InitialBestFit() }));
        Assert.Equal(["parameters.b.prior"], Paths(new RandomSearchSpecification()));
        Assert.Equal(["method.initial.ball.center"], Paths(new EnsembleSpecification { Initial = new InitialBall() }));
        Assert.Empty(Paths(new EnsembleSpecification { Initial = Ball }));
    }

    [Fact]
    public void Settings_out_of_range_are_found_in_code_too() => Assert.Equal(
        ["method.iterations", "method.ensembles", "method.stop.rhat", "method.thin", "method.walkers", "method.warm_up", "method.moves[0].scale", "method.moves[1].weight"],
        Paths(new EnsembleSpecification
        {
            Iterations = 0,
            Ensembles = 0,
            Walkers = 3,
            Thin = 0,
            WarmUp = -1,
            Moves = [new MoveSpecification(MoveKind.Stretch) { Scale = 1 }, new MoveSpecification(MoveKind.De, double.NaN)],
            Stop = new StopSpecification { RHat = 1 },
            Initial = Ball,
        }));

    private static InitialBall Ball => new() { Center = new Dictionary<string, double>(StringComparer.Ordinal) { ["b"] = 0 } };

    private static IEnumerable<string> Paths(MethodSpecification method)
    {
        Mistakes mistakes = new();
        MethodChecks.Check(method, Two, mistakes);
        return mistakes.Errors.Select(e => e.Path);
    }
}
