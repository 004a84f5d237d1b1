using Calibrate.Inference.Dataflow;

namespace Calibrate.Inference.Tests.Dataflow;

public class DependencyGraphTests
{
    [Fact]
    public void NodeIsFreedWhenEverythingItWaitsForIsResolved()
    {
        DependencyGraph graph = New();
        int a = graph.Node(0, 0);
        int b = graph.Node(0, 1);
        int c = graph.Node(1, 2);
        graph.Wait(c, a);
        graph.Wait(c, b);
        Assert.True(graph.IsWaiting(c));
        graph.Resolve(a);
        Assert.Equal(-1, graph.NextFreed());
        graph.Resolve(b);
        Assert.Equal(c, graph.NextFreed());
        Assert.False(graph.IsWaiting(c));
        Assert.Equal(-1, graph.NextFreed());
    }

    [Fact]
    public void NodeThatWaitsTwiceForTheSameIsFreedOnce()
    {
        DependencyGraph graph = New();
        graph.Wait(graph.Node(1, 0), graph.Node(0, 0));
        graph.Wait(graph.Node(1, 0), graph.Node(0, 0));
        graph.Resolve(graph.Node(0, 0));
        Assert.Equal(graph.Node(1, 0), graph.NextFreed());
        Assert.Equal(-1, graph.NextFreed());
    }

    [Fact]
    public void CascadesMayResolveInBetween()
    {
        const int Length = 1000;
        DependencyGraph graph = new(2, Length, Length);
        graph.Reset(0);
        for (int i = 1; i < Length; i++)
        {
            graph.Wait(graph.Node(0, i), graph.Node(0, i - 1));
        }

        graph.Resolve(graph.Node(0, 0));
        int freed = 0;
        for (int node = graph.NextFreed(); node >= 0; node = graph.NextFreed())
        {
            Assert.Equal(++freed, graph.IndexOf(node));
            Assert.Equal(0, graph.SlotOf(node));
            graph.Resolve(node);
        }

        Assert.Equal(Length - 1, freed);
    }

    [Fact]
    public void SlotCanBeUsedAgain()
    {
        DependencyGraph graph = New();
        for (int round = 0; round < 10; round++)
        {
            graph.Reset(1);
            for (int i = 0; i < 3; i++)
            {
                graph.Wait(graph.Node(1, i), graph.Node(0, i));
                graph.Wait(graph.Node(1, i), graph.Node(0, (i + 1) % 3));
            }

            List<int> freed = [];
            for (int i = 0; i < 3; i++)
            {
                graph.Resolve(graph.Node(0, i));
                for (int node = graph.NextFreed(); node >= 0; node = graph.NextFreed())
                {
                    freed.Add(graph.IndexOf(node));
                }
            }

            Assert.Equal([0, 1, 2], freed.Order());
        }
    }

    private static DependencyGraph New()
    {
        DependencyGraph graph = new(2, 3, 6);
        graph.Reset(0);
        graph.Reset(1);
        return graph;
    }
}
