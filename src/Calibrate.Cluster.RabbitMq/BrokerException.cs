using Calibrate.Runtime;

namespace Calibrate.Cluster.RabbitMq;

/// <summary>The broker cannot be used, for a reason its user can act on. The message is meant to be shown as it is and never holds a password.</summary>
public sealed class BrokerException : RunException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was tried, what happened, what to check.</param>
    /// <param name="cause">The exception behind it, if any.</param>
    public BrokerException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
