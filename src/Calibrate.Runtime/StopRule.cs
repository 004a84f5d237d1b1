namespace Calibrate.Runtime;

/// <summary>When a run ends.</summary>
/// <param name="Iterations">Total iterations per ensemble, warm-up included; at least 1.</param>
/// <param name="Ess">Stop once every parameter's bulk and tail effective sample size reaches this, or null not to ask.</param>
/// <param name="Rhat">Stop once every parameter's R-hat is below this, or null not to ask.</param>
/// <param name="WallTime">Stop this long after the start or the last resume, at the last iteration that all ensembles share; or null.</param>
public sealed record StopRule(int Iterations, double? Ess = null, double? Rhat = null, TimeSpan? WallTime = null)
{
    /// <summary>Whether the rule asks for convergence, which is then judged at every <see cref="Checkpoints">checkpoint</see>.</summary>
    public bool AsksConvergence => Ess is not null || Rhat is not null;

    /// <summary>Whether diagnostics meet what the rule asks; false when they are not numbers.</summary>
    /// <param name="ess">Smallest bulk or tail effective sample size of any parameter.</param>
    /// <param name="rhat">Largest R-hat of any parameter.</param>
    public bool IsMetBy(double ess, double rhat) =>
        AsksConvergence && (Ess is not { } wantedEss || ess >= wantedEss) && (Rhat is not { } wantedRhat || rhat < wantedRhat);
}
