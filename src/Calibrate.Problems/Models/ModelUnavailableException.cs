namespace Calibrate.Problems.Models;

/// <summary>
/// The model cannot be run at all at present: its server does not answer, its program does not start. It says nothing about the parameters, so no
/// likelihood may take it for a failure of a point: the run stops, and can be resumed once the model is back.
/// </summary>
public sealed class ModelUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line for the user: what was tried, and what to do.</param>
    /// <param name="inner">What was noticed.</param>
    public ModelUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
