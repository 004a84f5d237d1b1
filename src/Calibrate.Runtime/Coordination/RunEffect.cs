using Calibrate.Inference;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// Something the coordinator wants done in the world. The host performs effects only after the events decided before them are in the
/// journal; none of them carries state that the journal lacks.
/// </summary>
public abstract record RunEffect;

/// <summary>Evaluate a batch on any slot and answer with <see cref="EvaluationsReturned"/>.</summary>
/// <param name="Batch">Number of the batch within the session, from 1.</param>
/// <param name="Requests">The evaluations, at least one.</param>
/// <param name="Suspect">
/// Whether a process died with it before: its beginning is to be announced, and nobody else is to take it over unasked. Few of them are under way at the same
/// time, and one that is about to be condemned alone.
/// </param>
public sealed record DispatchBatch(long Batch, IReadOnlyList<EvaluationRequest> Requests, bool Suspect = false) : RunEffect;

/// <summary>The answers to these batches are in the journal: whoever kept them to send them again can forget them.</summary>
/// <param name="Batches">Numbers of the batches.</param>
public sealed record AnswersJournaled(IReadOnlyList<long> Batches) : RunEffect;

/// <summary>Give the coordinator a <see cref="Tick"/> at this time: a straggler is to be hedged or a loss to be noticed then.</summary>
/// <param name="Seconds">Active time of the run in seconds.</param>
public sealed record WakeAt(double Seconds) : RunEffect;

/// <summary>
/// Run an ensemble up to an iteration and answer with <see cref="BlockReturned"/>, again and again. Given once more with a later
/// iteration, the ensemble simply runs further.
/// </summary>
/// <param name="Ensemble">Index of the ensemble.</param>
/// <param name="To">Last iteration to complete.</param>
/// <param name="State">The ensemble's state if the engine does not run it yet.</param>
public sealed record RunBlocks(int Ensemble, int To, ReadOnlyMemory<byte> State) : RunEffect;

/// <summary>Stop: return what is complete, forget what was not begun, then answer with <see cref="EngineQuiet"/>.</summary>
public sealed record CancelWork : RunEffect;

/// <summary>Diagnose all ensembles' draws up to a checkpoint and answer with <see cref="ConvergenceReturned"/>.</summary>
/// <param name="Iteration">The checkpoint; every ensemble's blocks are journaled at least that far.</param>
public sealed record JudgeConvergence(int Iteration) : RunEffect;
