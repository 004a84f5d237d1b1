using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Engines;

/// <summary>
/// The port to whatever evaluates: threads of this process, workers behind a broker, a test's simulation. An engine gets effects, works
/// on them in its own time, and answers with commands.
/// </summary>
public interface IEngine : IAsyncDisposable
{
    /// <summary>Who evaluates, in a word for the journal and the user: <c>local</c>, <c>rabbitmq</c>.</summary>
    string Name { get; }

    /// <summary>Whether its slots end an evaluation that exceeds the problem's time or memory limit; a problem with limits needs that.</summary>
    bool KeepsLimits => false;

    /// <summary>Gets ready to work on a run: makes models, measures how long an evaluation takes, decides how it wants its work.</summary>
    /// <param name="work">What is to be evaluated and where answers go.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <returns>How work is to be handed to this engine.</returns>
    Task<EngineReady> PrepareAsync(EngineWork work, CancellationToken cancellationToken);

    /// <summary>
    /// Takes in one effect: <see cref="DispatchBatch"/>, <see cref="RunBlocks"/>, <see cref="AnswersJournaled"/> or <see cref="CancelWork"/>. Returns at
    /// once. Never called before <see cref="PrepareAsync"/> returned, nor by two threads at a time.
    /// </summary>
    /// <param name="effect">The effect; it was journaled whatever led to it.</param>
    void Perform(RunEffect effect);

    /// <summary>Is told about twice per second how the run stands, for the reports of engines that make any. Returns at once.</summary>
    /// <param name="progress">How the run stands.</param>
    void Report(FleetProgress progress)
    {
    }

    /// <summary>What it is doing, for reports. Returns at once; safe for use by any thread, before it is ready and after it was disposed of too.</summary>
    /// <param name="somebodyAsks">Whether somebody wants to see it: then an engine begins to find out what costs something to know.</param>
    EngineView Look(bool somebodyAsks) => EngineView.Unknown;
}

/// <summary>What an engine works on.</summary>
/// <param name="Method">The run's method, for engines that run whole blocks.</param>
/// <param name="Likelihood">Makes a likelihood for every slot.</param>
/// <param name="Probes">A few evaluations the run will need first, to measure with; may be empty.</param>
/// <param name="Answers">Where answers go.</param>
/// <param name="Problem">The problem, for engines that take it to other processes.</param>
/// <param name="Session">The run and the epoch in which it is driven.</param>
/// <param name="CanaryReference">Outcomes of the run's first canaries as journaled by an earlier session; empty for a new run.</param>
public sealed record EngineWork(
    IMethod Method,
    ILikelihoodFactory Likelihood,
    IReadOnlyList<EvaluationRequest> Probes,
    ICommandSink Answers,
    Problem Problem,
    SessionId Session,
    IReadOnlyList<EvaluationOutcome> CanaryReference);

/// <summary>Takes in the commands of an engine. Safe for use by any thread.</summary>
public interface ICommandSink
{
    /// <summary>Hands over results; waits while there are too many that are not journaled yet.</summary>
    /// <param name="command">The results.</param>
    /// <returns>False when the session has ended and nobody wants them any more.</returns>
    bool Post(RunCommand command);

    /// <summary>Hands over a small command without ever waiting.</summary>
    /// <param name="command">The command.</param>
    void PostUrgent(RunCommand command);

    /// <summary>Ends the session: something broke that is neither the model nor the journal.</summary>
    /// <param name="exception">What broke.</param>
    void Fault(Exception exception);
}
