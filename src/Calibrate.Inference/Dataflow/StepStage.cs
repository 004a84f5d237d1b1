namespace Calibrate.Inference.Dataflow;

/// <summary>How far a walker step has come.</summary>
internal enum StepStage : byte
{
    /// <summary>Some step that it reads is not settled yet.</summary>
    Waiting,

    /// <summary>Its proposal is made and waits to be handed out.</summary>
    Ready,

    /// <summary>Its proposal is handed out.</summary>
    InFlight,

    /// <summary>The walker's state after the step is known.</summary>
    Settled,
}
