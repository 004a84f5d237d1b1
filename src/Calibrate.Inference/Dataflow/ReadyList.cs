namespace Calibrate.Inference.Dataflow;

/// <summary>First in, first out list of the steps that wait to be handed out; a step in the middle can be taken out at once. Allocates nothing.</summary>
internal sealed class ReadyList
{
    private const int None = -1;

    private readonly int[] next;
    private readonly int[] previous;
    private int last = None;

    /// <param name="capacity">Steps are numbered from 0 to capacity - 1.</param>
    internal ReadyList(int capacity)
    {
        next = new int[capacity];
        previous = new int[capacity];
    }

    /// <summary>The step that waits longest, or -1.</summary>
    internal int First { get; private set; } = None;

    /// <summary>The step after <paramref name="step"/>, or -1.</summary>
    internal int After(int step) => next[step];

    /// <summary>Appends a step that is not in the list.</summary>
    internal void Append(int step)
    {
        next[step] = None;
        previous[step] = last;
        if (last == None)
        {
            First = step;
        }
        else
        {
            next[last] = step;
        }

        last = step;
    }

    /// <summary>Takes out a step that is in the list.</summary>
    internal void Remove(int step)
    {
        if (previous[step] == None)
        {
            First = next[step];
        }
        else
        {
            next[previous[step]] = next[step];
        }

        if (next[step] == None)
        {
            last = previous[step];
        }
        else
        {
            previous[next[step]] = previous[step];
        }
    }

    internal void Clear()
    {
        First = None;
        last = None;
    }
}
