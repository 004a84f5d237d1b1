using System.Buffers;
using Calibrate.Inference.States;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.States;

public class FailureLogTests
{
    [Fact]
    public void KeepsTheFirstFewAndCountsAll()
    {
        FailureLog log = new();
        for (int iteration = 0; iteration < 10; iteration++)
        {
            log.Add([Failure(iteration, 5, "b"), Failure(iteration, 2, "a"), Failure(iteration, 3, "a")]);
        }

        Assert.Equal([new KeyValuePair<string, long>("a", 20), new("b", 10)], log.Counts);
        Assert.Equal(Block.MaximumFailureExamples, log.Examples.Count);
        Assert.Equal([2, 3, 5, 2], log.Examples.Take(4).Select(failure => failure.Id.Walker));
    }

    [Fact]
    public void SavedBytesComeBack()
    {
        FailureLog log = new();
        log.Add([Failure(4, 2, "a"), Failure(4, 1, "b")]);
        byte[] saved = Save(log);
        FailureLog restored = new();
        StateReader reader = new(saved);
        restored.Restore(ref reader, 3);
        Assert.True(reader.AtEnd);
        Assert.Equal(saved, Save(restored));
        Assert.Equal("message", restored.Examples[0].Message);
        Assert.Equal(new EvaluationId(3, 4, 1, 0), restored.Examples[0].Id);
    }

    [Fact]
    public void OutcomesAreDescribedByKind()
    {
        Assert.Null(FailureLog.Describe(new Evaluated(-1, [])));
        Assert.Null(FailureLog.Describe(new Evaluated(double.NegativeInfinity, [])));
        Assert.Equal("NotANumber", FailureLog.Describe(new Evaluated(double.NaN, []))?.Kind);
        Assert.Equal("PositiveInfinity", FailureLog.Describe(new Evaluated(double.PositiveInfinity, []))?.Kind);
        Assert.Equal(("NonZeroExit", "3"), FailureLog.Describe(new ModelFailed(ModelFailureKind.NonZeroExit, "3")));
        Assert.Equal(("Time", "slow"), FailureLog.Describe(new ResourceExceeded(ResourceKind.Time, "slow")));
    }

    private static FailureExample Failure(int iteration, int walker, string kind) => new(new EvaluationId(3, iteration, walker, 0), kind, [1, 2], "message");

    private static byte[] Save(FailureLog log)
    {
        ArrayBufferWriter<byte> bytes = new();
        log.Save(new StateWriter(bytes));
        return bytes.WrittenSpan.ToArray();
    }
}
