namespace Calibrate.Inference.States;

/// <summary>What every walker of one ensemble holds after one iteration. Structure of arrays: entry j of walker w is <c>[j * walkers + w]</c>.</summary>
internal sealed class WalkerStates
{
    private readonly int walkers;

    internal WalkerStates(EnsembleShape shape)
    {
        walkers = shape.Walkers;
        Positions = new double[shape.Dimension * walkers];
        LogPosteriors = new double[walkers];
        LogTargets = new double[walkers];
        Recorded = new double[shape.RecordedCount * walkers];
        Accepted = new byte[walkers];
    }

    /// <summary>Sampled-space positions.</summary>
    internal double[] Positions { get; }

    /// <summary>Log likelihood plus log prior.</summary>
    internal double[] LogPosteriors { get; }

    /// <summary>Log density of the sampled space: log posterior plus log Jacobian.</summary>
    internal double[] LogTargets { get; }

    /// <summary>Recorded outputs of the last accepted evaluation.</summary>
    internal double[] Recorded { get; }

    /// <summary>1 where the iteration's proposal was accepted, else 0.</summary>
    internal byte[] Accepted { get; }

    /// <summary>Takes over everything from another ensemble of the same shape.</summary>
    internal void CopyFrom(WalkerStates other)
    {
        other.Positions.CopyTo(Positions, 0);
        other.LogPosteriors.CopyTo(LogPosteriors, 0);
        other.LogTargets.CopyTo(LogTargets, 0);
        other.Recorded.CopyTo(Recorded, 0);
        other.Accepted.CopyTo(Accepted, 0);
    }

    /// <summary>Makes a walker stay where it was: a rejected step.</summary>
    internal void Stay(int walker, WalkerStates previous)
    {
        for (int at = walker; at < Positions.Length; at += walkers)
        {
            Positions[at] = previous.Positions[at];
        }

        for (int at = walker; at < Recorded.Length; at += walkers)
        {
            Recorded[at] = previous.Recorded[at];
        }

        LogPosteriors[walker] = previous.LogPosteriors[walker];
        LogTargets[walker] = previous.LogTargets[walker];
        Accepted[walker] = 0;
    }

    /// <summary>Puts a walker where <paramref name="position"/> says; the rest of its state follows separately.</summary>
    internal void Place(int walker, ReadOnlySpan<double> position)
    {
        for (int j = 0; j < position.Length; j++)
        {
            Positions[(j * walkers) + walker] = position[j];
        }
    }

    /// <summary>Sets a walker's recorded outputs.</summary>
    internal void Record(int walker, ReadOnlySpan<double> outputs)
    {
        for (int k = 0; k < outputs.Length; k++)
        {
            Recorded[(k * walkers) + walker] = outputs[k];
        }
    }

    /// <summary>Sets a walker's recorded outputs; to NaN if the evaluation has none, for it failed.</summary>
    internal void RecordOrNothing(int walker, ReadOnlySpan<double> outputs)
    {
        Record(walker, outputs);
        for (int at = (outputs.Length * walkers) + walker; at < Recorded.Length; at += walkers)
        {
            Recorded[at] = double.NaN;
        }
    }

    /// <summary>The position of one walker, gathered.</summary>
    internal void Gather(int walker, Span<double> position)
    {
        for (int j = 0; j < position.Length; j++)
        {
            position[j] = Positions[(j * walkers) + walker];
        }
    }
}
