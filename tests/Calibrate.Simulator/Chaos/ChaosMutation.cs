namespace Calibrate.Simulator.Chaos;

/// <summary>A mistake planted on purpose, to see that the simulator notices.</summary>
public enum ChaosMutation
{
    /// <summary>None.</summary>
    None,

    /// <summary>The journal lets stale epochs append.</summary>
    ForgetToFence,

    /// <summary>A worker mixes up the outcomes of a batch.</summary>
    MixUpOutcomes,

    /// <summary>A coordinator resumes from a journal without its last event.</summary>
    OverlookLastEvent,

    /// <summary>Nobody is told when two workers disagree.</summary>
    HideDisagreements,

    /// <summary>What a lost batch held is never handed out again.</summary>
    ForgetLosses,
}
