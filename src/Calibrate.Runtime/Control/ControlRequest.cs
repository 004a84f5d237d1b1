namespace Calibrate.Runtime.Control;

/// <summary>What somebody wants of a run that is being driven.</summary>
public abstract record ControlRequest
{
    private ControlRequest()
    {
    }

    /// <summary>Tell how the run fares; changes nothing.</summary>
    public sealed record Status : ControlRequest;

    /// <summary>Evaluate nothing more until <see cref="Resume"/>; the process stays, and takes in what is being evaluated.</summary>
    public sealed record Pause : ControlRequest;

    /// <summary>Go on after <see cref="Pause"/>.</summary>
    public sealed record Resume : ControlRequest;

    /// <summary>Let the run go further than it was to.</summary>
    /// <param name="Iterations">The new total of iterations per ensemble, warm-up included; more than the present one.</param>
    public sealed record Extend(int Iterations) : ControlRequest;

    /// <summary>End the process that drives the run, as Ctrl-C does: everything complete is journaled, and the run can be resumed later.</summary>
    public sealed record Stop : ControlRequest;
}
