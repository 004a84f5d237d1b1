using Calibrate.Problems.Methods;
using Calibrate.Problems.Tests.Fakes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Yaml;

public class MethodReaderTests
{
    [Fact]
    public void Nothing_said_is_the_default() => Assert.Equivalent(new EnsembleSpecification(), Read("{}"), strict: true);

    [Theory]
    [InlineData("prior", typeof(InitialFromPrior))]
    [InlineData("best_fit", typeof(InitialBestFit))]
    [InlineData("{ best_fit: { radius: 0.5 } }", typeof(InitialBestFit))]
    [InlineData("{ ball: { center: { a: 1 } } }", typeof(InitialBall))]
    public void Every_start_is_read(string initial, Type kind) =>
        Assert.IsType(kind, ((EnsembleSpecification)Read($"initial: {initial}")).Initial);

    [Fact]
    public void The_radius_of_a_best_fit_is_read() =>
        Assert.Equal(new InitialBestFit { Radius = 0.5 }, ((EnsembleSpecification)Read("initial: { best_fit: { radius: 0.5 } }")).Initial);

    [Fact]
    public void Moves_stand_in_the_order_of_their_enumeration() =>
        Assert.Equal(Enum.GetNames<MoveKind>().Select(n => n.ToLowerInvariant()), MethodShapes.Moves);

    [Theory]
    [InlineData("auto", SchedulingKind.Auto)]
    [InlineData("kernel", SchedulingKind.Kernel)]
    [InlineData("dataflow", SchedulingKind.Dataflow)]
    [InlineData("barrier", SchedulingKind.Barrier)]
    public void Scheduling_is_read(string text, SchedulingKind kind) =>
        Assert.Equal(kind, MethodReader.ReadExecution(SectionOf($"scheduling: {text}", new Mistakes())).Scheduling);

    private static MethodSpecification Read(string yaml)
    {
        Mistakes mistakes = new();
        MethodSpecification method = new MethodReader(new MemoryFiles(), mistakes).Read(SectionOf(yaml, mistakes), ["a"]);
        Assert.Empty(mistakes.Errors);
        return method;
    }

    private static Section SectionOf(string yaml, Mistakes mistakes) => new((YamlMapping)YamlTreeReader.Read("f", yaml, mistakes)!, "method");
}
