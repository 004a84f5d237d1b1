using Calibrate.Problems;

namespace Calibrate.Runtime.Cluster;

/// <summary>One worker process, from its start to its end: a restarted worker is another one.</summary>
/// <param name="Name">Host, process and start in a form that is safe in queue names: <c>[A-Za-z0-9_.-]{1,96}</c>.</param>
public readonly record struct WorkerId(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What workers evaluate: model, options, data, targets, likelihood and the code that computes them. Names work queues.</summary>
/// <param name="Value">The fingerprint.</param>
public readonly record struct ModelFingerprint(Fingerprint Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.Hex;
}

/// <summary>One session of a run: whoever holds this epoch of its journal. Answers are valid across sessions, work is not.</summary>
/// <param name="Run">The run.</param>
/// <param name="Epoch">The epoch of its journal's writer.</param>
public readonly record struct SessionId(Journals.RunId Run, long Epoch)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Run}#{Epoch}");
}
