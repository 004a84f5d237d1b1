using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Control;

/// <summary>
/// Asks and tells the coordinator of a run, wherever it is: the one way for command line and dashboard to reach a run that is being driven. Safe for use
/// by several threads.
/// </summary>
public interface IRunControl
{
    /// <summary>Sends one request to whoever drives a run and waits for the answer, for a few seconds at most.</summary>
    /// <param name="run">The run.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Gives the waiting up; the request may have been carried out.</param>
    /// <returns>
    /// The answer. That nobody drives the run, that the endpoint may not be used and that it stays silent are answers too: an exception is thrown for a
    /// cancellation only.
    /// </returns>
    Task<ControlReply> SendAsync(RunId run, ControlRequest request, CancellationToken cancellationToken = default);
}
