using System.CommandLine;
using Calibrate.Cluster.RabbitMq;
using Calibrate.Runtime;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cli.Commands;

/// <summary>Where evaluations run; no choice here changes the chain.</summary>
internal sealed class EngineOptions
{
    private const string Local = "local";
    private const string RabbitMq = "rabbitmq";

    public EngineOptions() => Name.AcceptOnlyFromAmong(Local, RabbitMq);

    public Option<string> Name { get; } = new("--engine")
    {
        Description = "Where evaluations run: in this process and its children, or on workers behind a broker.",
        DefaultValueFactory = _ => Local,
    };

    public BrokerOptions Broker { get; } = new();

    /// <summary>The options as they must be repeated in a command that the user is told to type, without any password; empty for the defaults.</summary>
    public string Hint(ParseResult parsed) => parsed.GetValue(Name) == Local ? ""
        : parsed.GetValue(Broker.Url) is { } url ? $" --engine {RabbitMq} --broker {BrokerAddress.Parse(url)}"
        : $" --engine {RabbitMq}";

    /// <summary>The host of a session with the engine that was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="journal">Where runs are kept.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="log">Takes lines for the operator.</param>
    public RunHost HostOf(ParseResult parsed, IJournal journal, TimeProvider clock, Action<string> log) =>
        EngineOf(parsed, clock) is { } make ? new RunHost(journal, clock, (_, _) => make(log)) : new RunHost(journal, clock);

    /// <summary>The broker whose workers evaluate; null for the slots of this machine.</summary>
    public BrokerSettings? BrokerOf(ParseResult parsed) => parsed.GetValue(Name) == RabbitMq ? Broker.Read(parsed) : null;

    /// <summary>Makes the engine that was asked for, given where its lines for the operator go; null for the slots of this machine.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="clock">Measures time.</param>
    public Func<Action<string>, IEngine>? EngineOf(ParseResult parsed, TimeProvider clock)
    {
        if (parsed.GetValue(Name) == Local)
        {
            return parsed.GetValue(Broker.Url) is null
                ? null
                : throw new UserException("--broker says where workers are; it needs --engine rabbitmq.");
        }

        var broker = Broker.Read(parsed);
        return log => new RabbitMqEngine(broker, clock, log);
    }
}
