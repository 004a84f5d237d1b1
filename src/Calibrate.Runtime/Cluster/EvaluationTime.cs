namespace Calibrate.Runtime.Cluster;

/// <summary>What one evaluation takes: first what workers measured on the canaries, then what the run's own evaluations take.</summary>
internal sealed class EvaluationTime
{
    // Recent evaluations count most: about the last 50 answers.
    private const double Memory = 0.98;

    private bool measured;

    /// <summary>Seconds of one evaluation; 0 while nothing is known.</summary>
    public double Seconds { get; private set; }

    /// <summary>A worker's measurement, taken until the run has its own.</summary>
    public void Expect(double seconds)
    {
        if (!measured && seconds > 0)
        {
            Seconds = Seconds > 0 ? (Seconds + seconds) / 2 : seconds;
        }
    }

    /// <summary>An answer to a batch.</summary>
    /// <param name="elapsed">Seconds the slot spent on it.</param>
    /// <param name="evaluations">Evaluations it made in this time.</param>
    public void Observe(double elapsed, int evaluations)
    {
        if (elapsed <= 0 || evaluations == 0)
        {
            return;
        }

        var seconds = elapsed / evaluations;
        Seconds = measured ? (Memory * Seconds) + ((1 - Memory) * seconds) : seconds;
        measured = true;
    }
}
