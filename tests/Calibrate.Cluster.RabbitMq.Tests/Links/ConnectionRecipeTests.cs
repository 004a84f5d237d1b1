using Calibrate.Cluster.RabbitMq.Links;

namespace Calibrate.Cluster.RabbitMq.Tests.Links;

public class ConnectionRecipeTests
{
    [Fact]
    public void Recovery_is_ours_and_heartbeats_are_ten_seconds_apart()
    {
        var factory = ConnectionRecipe.Make(new BrokerSettings(BrokerAddress.Parse("amqp://me:secret@host:77/cal")), "name");
        Assert.Equal(
            (false, false, TimeSpan.FromSeconds(10), "host", 77, "cal", "me", "secret", "name", false),
            (factory.AutomaticRecoveryEnabled, factory.TopologyRecoveryEnabled, factory.RequestedHeartbeat, factory.HostName, factory.Port, factory.VirtualHost, factory.UserName, factory.Password, factory.ClientProvidedName, factory.Ssl.Enabled));
    }

    [Fact]
    public void Encrypted_connections_check_the_name_of_the_host()
    {
        var factory = ConnectionRecipe.Make(new BrokerSettings(BrokerAddress.Parse("amqps://me:secret@host/")), "name");
        Assert.Equal((true, "host", 5671), (factory.Ssl.Enabled, factory.Ssl.ServerName, factory.Port));
        Assert.Equal(System.Net.Security.SslPolicyErrors.None, factory.Ssl.AcceptablePolicyErrors);
    }

    [Fact]
    public void Certificates_that_cannot_be_read_are_named_with_their_option()
    {
        var settings = new BrokerSettings(BrokerAddress.Parse("amqps://me:secret@host/"));
        Assert.Contains(
            "--broker-ca names /no/ca.pem",
            Assert.Throws<BrokerException>(() => ConnectionRecipe.Make(settings with { AuthorityFile = "/no/ca.pem" }, "name")).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "--broker-cert names /no/me.pem",
            Assert.Throws<BrokerException>(() => ConnectionRecipe.Make(settings with { CertificateFile = "/no/me.pem" }, "name")).Message,
            StringComparison.Ordinal);
    }
}
