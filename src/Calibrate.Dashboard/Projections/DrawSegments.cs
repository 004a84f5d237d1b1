namespace Calibrate.Dashboard.Projections;

/// <summary>
/// What is kept of a run's draws: at most some stretches per ensemble, however long the run. When there are too many, neighbours that follow on each
/// other are joined; where none do, every other one is dropped. Same stretches, same order: same content.
/// </summary>
internal sealed class DrawSegments
{
    /// <summary>Doubles of all rows together, and moments of all walkers together: 8 MiB and 24 MiB.</summary>
    private const int Budget = 1 << 20;

    private const int MostStretches = 192;
    private const int FewestStretches = 24;
    private const int MostRows = 8;

    private readonly List<DrawSegment>[] ensembles;
    private readonly int capacity;

    /// <summary>Keeps nothing yet.</summary>
    /// <param name="ensembles">Number of ensembles.</param>
    /// <param name="walkers">Walkers per ensemble.</param>
    /// <param name="quantities">Quantities that are watched.</param>
    public DrawSegments(int ensembles, int walkers, int quantities)
    {
        this.ensembles = [.. Enumerable.Range(0, ensembles).Select(_ => new List<DrawSegment>())];
        var perRow = (long)ensembles * walkers * Math.Max(1, quantities);
        capacity = (int)Math.Clamp(Budget / perRow, FewestStretches, MostStretches);
        RowsPerStretch = (int)Math.Clamp(Budget / (perRow * capacity), 1, MostRows);
    }

    /// <summary>Rows that a stretch keeps.</summary>
    public int RowsPerStretch { get; }

    /// <summary>Whether there is room for stretches of the past besides those that are to come.</summary>
    public bool HasRoom => ensembles.Sum(stretches => stretches.Count) < ensembles.Length * capacity / 2;

    /// <summary>The stretches of an ensemble, in the order of their iterations.</summary>
    public IReadOnlyList<DrawSegment> this[int ensemble] => ensembles[ensemble];

    /// <summary>Number of ensembles.</summary>
    public int Ensembles => ensembles.Length;

    /// <summary>Takes a stretch in, in any order.</summary>
    public void Add(DrawSegment segment)
    {
        var stretches = ensembles[segment.Ensemble];
        var place = stretches.Count;
        while (place > 0 && stretches[place - 1].From > segment.From)
        {
            place--;
        }

        stretches.Insert(place, segment);
        if (stretches.Count > capacity)
        {
            ensembles[segment.Ensemble] = Fewer(stretches);
        }
    }

    // Neighbours become stretches of at most a share of what is covered, so that none grows at the cost of the others. A budget of four shares leaves half as many.
    private List<DrawSegment> Fewer(List<DrawSegment> stretches)
    {
        var longest = 4 * stretches.Sum(stretch => (long)(stretch.To - stretch.From)) / capacity;
        List<DrawSegment> fewer = [];
        foreach (var stretch in stretches)
        {
            if (fewer.Count > 0 && fewer[^1].To == stretch.From && stretch.To - fewer[^1].From <= longest)
            {
                fewer[^1] = fewer[^1].Join(stretch, RowsPerStretch);
            }
            else
            {
                fewer.Add(stretch);
            }
        }

        // The newest one stays, or the traces would fall behind the run.
        return fewer.Count <= capacity * 3 / 4 ? fewer : [.. fewer.Where((_, i) => (fewer.Count - 1 - i) % 2 == 0)];
    }
}
