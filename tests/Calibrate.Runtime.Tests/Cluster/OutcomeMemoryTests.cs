using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class OutcomeMemoryTests
{
    private static readonly AnswerId Origin = new(Ann, Session(), 1);

    [Fact]
    public void The_oldest_outcome_is_forgotten_first()
    {
        OutcomeMemory memory = new(2, 100);

        Add(memory, 1);
        Add(memory, 2);
        Add(memory, 1);
        Add(memory, 3);

        Assert.Equal([false, true, true], [.. Enumerable.Range(1, 3).Select(i => memory.Find(Request(i).Id) is not null)]);
    }

    [Fact]
    public void Numbers_are_bounded_too()
    {
        OutcomeMemory memory = new(100, 10);

        Add(memory, 1, recorded: 6);
        Add(memory, 2, recorded: 6);

        Assert.Null(memory.Find(Request(1).Id));
        Assert.NotNull(memory.Find(Request(2).Id));
        Add(memory, 3, recorded: 11);
        Assert.Equal(0, memory.Count);
    }

    [Fact]
    public void The_first_outcome_of_an_evaluation_stays()
    {
        OutcomeMemory memory = new(2, 100);

        Add(memory, 1, hash: 5);
        Add(memory, 1, hash: 6);

        Assert.Equal(5UL, memory.Find(Request(1).Id)!.Hash);
    }

    [Fact]
    public void What_comes_and_goes_for_ever_does_not_pile_up()
    {
        OutcomeMemory memory = new(4, 100);
        Add(memory, -1);

        for (var i = 0; i < 1000; i++)
        {
            Add(memory, i);
            memory.Forget(Request(i).Id);
        }

        Assert.Equal(1, memory.Count);
        Assert.NotNull(memory.Find(Request(-1).Id));
        Assert.InRange(memory.Places, 1, 9);
    }

    private static void Add(OutcomeMemory memory, int iteration, ulong hash = 0, int recorded = 0) =>
        memory.Add(new EvaluationId(0, iteration, 0, 0), new Remembered(hash, new Evaluated(-1, new double[recorded]), Origin, null));
}
