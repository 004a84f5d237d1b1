using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using RabbitMQ.Client.Exceptions;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>What went wrong between this process and the broker, in words.</summary>
internal static class BrokerFailures
{
    private const ushort NotAllowed = 530;
    private const ushort AccessRefused = 403;
    private const ushort PreconditionFailed = 406;

    /// <summary>A failure that no further attempt mends, as a message for the user; null when another attempt may succeed.</summary>
    public static BrokerException? FinalOf(Exception exception, BrokerAddress address) => Chain(exception).Select(cause => cause switch
    {
        AuthenticationFailureException or PossibleAuthenticationFailureException => new BrokerException(
            $"The broker at {address.Endpoint} refused user '{address.User}': wrong user or password. Check {BrokerCredentials.UrlVariable}, {BrokerCredentials.PasswordFileVariable} and `rabbitmqctl list_users`; 'guest' may connect from the broker's own machine only.", exception),
        OperationInterruptedException { ShutdownReason.ReplyCode: NotAllowed } => new BrokerException(
            $"The broker at {address.Endpoint} does not let user '{address.User}' use the virtual host '{address.VirtualHost}'. Check the last part of the URL, `rabbitmqctl list_vhosts` and `rabbitmqctl list_permissions -p {address.VirtualHost}`.", exception),
        OperationInterruptedException { ShutdownReason.ReplyCode: AccessRefused } refused => new BrokerException(
            $"The broker at {address.Endpoint} does not let user '{address.User}' use what a cluster needs ({Text(refused)}). The user needs to configure, write and read '^calibrate\\.|^amq\\.gen': `rabbitmqctl set_permissions`.", exception),
        OperationInterruptedException { ShutdownReason.ReplyCode: PreconditionFailed } other => new BrokerException(
            $"The broker at {address.Endpoint} has a queue or exchange of the same name with other settings ({Text(other)}): another version of Calibrate uses it. Use one version per virtual host.", exception),
        System.Security.Authentication.AuthenticationException => new BrokerException(
            $"The TLS connection to {address.Endpoint} failed: {cause.Message} Check the certificate's host name, and --broker-ca for an authority of your own.", exception),
        _ => null,
    }).FirstOrDefault(found => found is not null);

    /// <summary>One line about a failed attempt.</summary>
    public static string Brief(Exception exception) => Chain(exception).Select(cause => cause switch
    {
        SocketException socket => socket.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => "unknown host",
            SocketError.TimedOut => "no answer",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route to the host",
            _ => socket.Message,
        },
        OperationInterruptedException interrupted => Text(interrupted),
        AuthenticationException authentication => authentication.Message,
        OperationCanceledException or TimeoutException => "no answer",
        _ => null,
    }).FirstOrDefault(found => found is not null) ?? Chain(exception).Last().Message;

    /// <summary>The broker could not be reached at the start.</summary>
    public static BrokerException Unreachable(BrokerAddress address, IReadOnlyList<string> attempts, TimeSpan tried, Exception last)
    {
        var reasons = string.Join(", ", attempts.Distinct(StringComparer.Ordinal));
        return new BrokerException(
            string.Create(CultureInfo.InvariantCulture, $"The broker at {address.Endpoint} cannot be reached: {attempts.Count} attempts in {tried.TotalSeconds:F0} s ({reasons}). Check that RabbitMQ runs there, the port ({(address.Encrypted ? "amqps: 5671" : "amqp: 5672")} unless set otherwise), and firewalls in between."),
            last);
    }

    /// <summary>Why the broker closed a channel or a connection.</summary>
    public static string Closed(RabbitMQ.Client.Events.ShutdownEventArgs reason) =>
        reason.ReplyCode == PreconditionFailed && reason.ReplyText.Contains("delivery acknowledgement", StringComparison.Ordinal)
            ? "an evaluation took longer than the broker's consumer_timeout; raise it (cluster-config/) or the work comes back again and again"
            : reason.ReplyText is { Length: > 0 } text ? text : "closed";

    private static string Text(OperationInterruptedException exception) => exception.ShutdownReason?.ReplyText is { Length: > 0 } text ? text : "interrupted";

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var at = exception; at is not null; at = at is AggregateException { InnerExceptions: [var only, ..] } ? only : at.InnerException)
        {
            yield return at;
        }
    }
}
