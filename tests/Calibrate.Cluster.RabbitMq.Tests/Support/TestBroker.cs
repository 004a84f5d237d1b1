namespace Calibrate.Cluster.RabbitMq.Tests.Support;

/// <summary>The RabbitMQ broker that CALIBRATE_TEST_BROKER names (scripts/test.sh starts one). Without one the test is skipped and says so.</summary>
internal static class TestBroker
{
    public const string Variable = "CALIBRATE_TEST_BROKER";

    /// <summary>Everything that takes longer hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static BrokerAddress Address
    {
        get
        {
            var url = Environment.GetEnvironmentVariable(Variable) ?? "";
            Skip.If(url.Length == 0, $"{Variable} names no RabbitMQ broker; scripts/test.sh starts one");
            return BrokerAddress.Parse(url);
        }
    }

    public static BrokerSettings Settings => At(Address);

    public static BrokerSettings At(BrokerAddress address) =>
        new(address) { Backoff = new Backoff(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)), FirstAttempts = 2 };
}

/// <summary>Tests that share a broker: one at a time, because every worker is offered every run.</summary>
[CollectionDefinition(Name)]
public class BrokerCollection
{
    public const string Name = "broker";
}
