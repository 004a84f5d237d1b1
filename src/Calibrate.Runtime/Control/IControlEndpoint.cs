using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Control;

/// <summary>A place where runs can be reached while a process drives them: a socket beside the run, an exchange on a broker.</summary>
public interface IControlEndpoint
{
    /// <summary>Makes a run reachable. Called by whoever holds the run's journal, so that nobody else answers for the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="answer">Answers requests; called by any thread, several at a time.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>
    /// Ends the reachability when it is disposed; null if the run cannot be made reachable here. That was then logged and is no reason not to run: a run
    /// never depends on its endpoint.
    /// </returns>
    Task<IAsyncDisposable?> OpenAsync(RunId run, ControlAnswer answer, CancellationToken cancellationToken = default);
}

/// <summary>Answers one request to a run.</summary>
/// <param name="request">The request.</param>
/// <param name="cancellationToken">The asker is gone.</param>
/// <returns>The answer, within about ten seconds; never throws but for a cancellation.</returns>
public delegate Task<ControlReply> ControlAnswer(ControlRequest request, CancellationToken cancellationToken);
