using Calibrate.Inference.States;

namespace Calibrate.Inference.Dataflow;

/// <summary>The settled steps of incomplete iterations on their way into a saved state and back.</summary>
internal sealed class FrontierArchive
{
    private readonly record struct Step(bool Moved, double LogPosterior, double LogTarget, double[] Position, double[] Recorded);

    private readonly EnsembleShape shape;
    private readonly SortedDictionary<(int Iteration, int Walker), Step> steps = [];

    internal FrontierArchive(EnsembleShape shape) => this.shape = shape;

    internal int Count => steps.Count;

    /// <summary>First iteration with a step; -1 if there is none.</summary>
    internal int First { get; private set; } = -1;

    /// <summary>Last iteration with a step; -1 if there is none.</summary>
    internal int Last { get; private set; } = -1;

    internal void Add(int iteration, int walker, WalkerStates states, bool moved)
    {
        Step step = new(moved, 0, 0, [], []);
        if (moved)
        {
            step = step with { LogPosterior = states.LogPosteriors[walker], LogTarget = states.LogTargets[walker], Position = new double[shape.Dimension], Recorded = new double[shape.RecordedCount] };
            Copy(states.Positions, walker, step.Position);
            Copy(states.Recorded, walker, step.Recorded);
        }

        Insert(iteration, walker, step);
    }

    /// <summary>Puts a step's saved state into <paramref name="states"/> and forgets it.</summary>
    internal bool TryTake(int iteration, int walker, WalkerStates states, out bool moved)
    {
        moved = false;
        if (!steps.Remove((iteration, walker), out Step step))
        {
            return false;
        }

        moved = step.Moved;
        if (moved)
        {
            states.Place(walker, step.Position);
            states.Record(walker, step.Recorded);
            states.LogPosteriors[walker] = step.LogPosterior;
            states.LogTargets[walker] = step.LogTarget;
        }

        return true;
    }

    internal void Save(StateWriter writer)
    {
        writer.Int32(steps.Count);
        foreach (((int iteration, int walker), Step step) in steps)
        {
            writer.Int32(iteration);
            writer.Int32(walker);
            writer.Flag(step.Moved);
            if (step.Moved)
            {
                writer.Doubles([step.LogPosterior, step.LogTarget]);
                writer.Doubles(step.Position);
                writer.Doubles(step.Recorded);
            }
        }
    }

    internal static FrontierArchive Restore(ref StateReader reader, EnsembleShape shape)
    {
        FrontierArchive archive = new(shape);
        for (int left = reader.Count(9); left > 0; left--)
        {
            int iteration = reader.Int32();
            int walker = reader.Int32();
            Step step = new(reader.Flag(), 0, 0, [], []);
            if (step.Moved)
            {
                step = step with { LogPosterior = reader.Double(), LogTarget = reader.Double(), Position = new double[shape.Dimension], Recorded = new double[shape.RecordedCount] };
                reader.Doubles(step.Position);
                reader.Doubles(step.Recorded);
            }

            if (iteration < 0 || (uint)walker >= (uint)shape.Walkers || archive.steps.ContainsKey((iteration, walker)))
            {
                throw StateReader.Damaged();
            }

            archive.Insert(iteration, walker, step);
        }

        return archive;
    }

    private void Insert(int iteration, int walker, Step step)
    {
        steps.Add((iteration, walker), step);
        First = First < 0 ? iteration : Math.Min(First, iteration);
        Last = Math.Max(Last, iteration);
    }

    private void Copy(double[] values, int walker, double[] gathered)
    {
        for (int j = 0; j < gathered.Length; j++)
        {
            gathered[j] = values[(j * shape.Walkers) + walker];
        }
    }
}
