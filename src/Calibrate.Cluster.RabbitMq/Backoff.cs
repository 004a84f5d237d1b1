namespace Calibrate.Cluster.RabbitMq;

/// <summary>
/// Pauses between attempts that double up to a longest one. Half of each pause is drawn, so that a thousand workers that lost the same broker do not
/// come back at the same moment ("equal jitter"; M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
/// </summary>
/// <param name="First">The first pause, at most.</param>
/// <param name="Longest">No pause is longer.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The pause after an attempt.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="draw">A number in [0, 1).</param>
    public TimeSpan After(int attempt, double draw)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        var doubled = First * Math.Pow(2, Math.Min(attempt - 1, 30));
        return (doubled < Longest ? doubled : Longest) * (0.5 + (draw / 2));
    }
}
