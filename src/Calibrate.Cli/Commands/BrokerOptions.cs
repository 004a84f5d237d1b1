using System.CommandLine;
using Calibrate.Cluster.RabbitMq;

namespace Calibrate.Cli.Commands;

/// <summary>Which broker, and how to trust it.</summary>
internal sealed class BrokerOptions
{
    private readonly Option<string?> authority = new("--broker-ca")
    {
        Description = "Certificates (PEM) of the authorities that vouch for the broker, for amqps (default: the system's).",
        HelpName = "FILE",
    };

    private readonly Option<string?> certificate = new("--broker-cert")
    {
        Description = "This client's certificate (PEM), for brokers that ask for one.",
        HelpName = "FILE",
    };

    private readonly Option<string?> key = new("--broker-key") { Description = "The certificate's key (PEM).", HelpName = "FILE" };

    public Option<string?> Url { get; } = new("--broker")
    {
        Description = $"The RabbitMQ broker (default: ${BrokerCredentials.UrlVariable}). Leave the password to that variable or to the file that ${BrokerCredentials.PasswordFileVariable} names.",
        HelpName = "amqp://user@host:5672/",
    };

    public void AddTo(Command command)
    {
        command.Add(Url);
        AddFilesTo(command);
    }

    public void AddFilesTo(Command command)
    {
        command.Add(authority);
        command.Add(certificate);
        command.Add(key);
    }

    public BrokerSettings Read(ParseResult parsed) =>
        new(BrokerCredentials.Find(parsed.GetValue(Url), Environment.GetEnvironmentVariable))
        {
            AuthorityFile = parsed.GetValue(authority),
            CertificateFile = parsed.GetValue(certificate),
            KeyFile = parsed.GetValue(key),
        };
}
