namespace Calibrate.Runtime.Coordination;

/// <summary>A batch that was handed out and was not answered yet.</summary>
internal sealed class FlyingBatch(long number, Flight[] flights, double dispatched, BatchKind kind)
{
    public long Number => number;

    public ReadOnlySpan<Flight> Flights => flights;

    public double Dispatched => dispatched;

    public BatchKind Kind => kind;

    /// <summary>Before this time it is not repeated (again).</summary>
    public double HedgeFrom { get; set; }

    /// <summary>Whether it was repeated: then nothing is learned from when it was answered.</summary>
    public bool Hedged { get; set; }

    /// <summary>Whether its slot left, as far as can be told: its answer is still welcome, but the slots that are left need not wait for it.</summary>
    public bool IsWrittenOff { get; set; }

    /// <summary>How often some evaluation of it found no answer before: it is given that many doublings of time.</summary>
    public int Silences { get; } = MostSilences(flights);

    /// <summary>The batch handed out before it that is still under way.</summary>
    public FlyingBatch? Older { get; set; }

    /// <summary>The batch handed out after it that is still under way.</summary>
    public FlyingBatch? Newer { get; set; }

    /// <summary>Whether all its evaluations were answered for, by copies or earlier.</summary>
    public bool IsAnswered => !Array.Exists(flights, flight => !flight.Answered);

    /// <summary>The evaluations of it that nobody answered for yet.</summary>
    public Flight[] Unanswered() => Array.FindAll(flights, flight => !flight.Answered);

    private static int MostSilences(Flight[] flights)
    {
        var most = 0;
        foreach (var flight in flights)
        {
            most = Math.Max(most, flight.Silences);
        }

        return most;
    }
}

/// <summary>Why a batch was handed out.</summary>
internal enum BatchKind
{
    /// <summary>It was ready.</summary>
    Regular,

    /// <summary>It repeats one that takes long.</summary>
    Hedge,

    /// <summary>A process died with it.</summary>
    Suspect,
}
