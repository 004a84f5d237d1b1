namespace Calibrate.Inference.Dataflow;

/// <summary>
/// Who waits for whom: nodes that count the nodes they still wait for, and per node a list of those that wait for it. Settling a node costs one
/// operation per waiting node. The nodes of one slot of the ring are reused together; memory is allocated once.
/// </summary>
internal sealed class DependencyGraph
{
    private const int None = -1;

    private readonly int nodesPerSlot;
    private readonly int edgesPerSlot;
    private readonly int[] pending;
    private readonly int[] firstEdge;
    private readonly int[] targets;
    private readonly int[] nextEdges;
    private readonly int[] edgeCounts;
    private readonly int[] resolved;
    private int resolvedCount;
    private int edge = None;

    /// <param name="slots">Slots of the ring.</param>
    /// <param name="nodesPerSlot">Nodes of one slot.</param>
    /// <param name="edgesPerSlot">Most dependencies of the nodes of one slot.</param>
    internal DependencyGraph(int slots, int nodesPerSlot, int edgesPerSlot)
    {
        this.nodesPerSlot = nodesPerSlot;
        this.edgesPerSlot = edgesPerSlot;
        pending = new int[slots * nodesPerSlot];
        firstEdge = new int[slots * nodesPerSlot];
        targets = new int[slots * edgesPerSlot];
        nextEdges = new int[slots * edgesPerSlot];
        edgeCounts = new int[slots];
        resolved = new int[slots * nodesPerSlot];
    }

    internal int Node(int slot, int index) => (slot * nodesPerSlot) + index;

    internal int SlotOf(int node) => node / nodesPerSlot;

    internal int IndexOf(int node) => node % nodesPerSlot;

    /// <summary>Prepares a slot for another iteration; everything its nodes waited for before is resolved.</summary>
    internal void Reset(int slot)
    {
        edgeCounts[slot] = 0;
        pending.AsSpan(slot * nodesPerSlot, nodesPerSlot).Clear();
        firstEdge.AsSpan(slot * nodesPerSlot, nodesPerSlot).Fill(None);
    }

    /// <summary>Makes <paramref name="node"/> wait for <paramref name="source"/>, which is not resolved.</summary>
    internal void Wait(int node, int source)
    {
        int slot = SlotOf(node);
        int added = (slot * edgesPerSlot) + edgeCounts[slot]++;
        targets[added] = node;
        nextEdges[added] = firstEdge[source];
        firstEdge[source] = added;
        pending[node]++;
    }

    internal bool IsWaiting(int node) => pending[node] > 0;

    /// <summary>Lets go whoever waits for a node; <see cref="NextFreed"/> tells who waits for nothing more.</summary>
    internal void Resolve(int node) => resolved[resolvedCount++] = node;

    /// <summary>The next node that waits for nothing more, or -1. The caller may resolve further nodes in between: no recursion.</summary>
    internal int NextFreed()
    {
        while (true)
        {
            if (edge == None)
            {
                if (resolvedCount == 0)
                {
                    return None;
                }

                int node = resolved[--resolvedCount];
                edge = firstEdge[node];
                firstEdge[node] = None;
                continue;
            }

            int target = targets[edge];
            edge = nextEdges[edge];
            if (--pending[target] == 0)
            {
                return target;
            }
        }
    }
}
