namespace Calibrate.Cluster.RabbitMq.Tests;

public class BrokerAddressTests
{
    [Theory]
    [InlineData("amqp://me:secret@host:1234/cal", "host", 1234, "cal", "me", "secret", false)]
    [InlineData("amqps://me:secret@host", "host", 5671, "/", "me", "secret", true)]
    [InlineData("amqp://host/", "host", 5672, "/", "guest", "guest", false)]
    [InlineData("amqp://me@host/", "host", 5672, "/", "me", null, false)]
    [InlineData("amqp://m%40e:s%2Fe%3Ac@[::1]:5672/a%2Fb", "::1", 5672, "a/b", "m@e", "s/e:c", false)]
    public void A_url_says_where_and_as_whom(string url, string host, int port, string virtualHost, string user, string? password, bool encrypted)
    {
        var address = BrokerAddress.Parse(url);
        Assert.Equal((host, port, virtualHost, user, password, encrypted), (address.Host.Trim('[', ']'), address.Port, address.VirtualHost, address.User, address.Password, address.Encrypted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host:5672")]
    [InlineData("http://me:secret@host/")]
    [InlineData("amqp://me:secret@host/a/b")]
    [InlineData("amqp://me:secret@host/a?heartbeat=5")]
    [InlineData("amqp://me:sec#ret@host/")]
    public void Anything_else_is_refused_without_repeating_a_password(string url)
    {
        var exception = Assert.Throws<BrokerException>(() => BrokerAddress.Parse(url));
        Assert.Contains("expected amqp://", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amqp://me:secret@host/", "amqp://me@host:5672/")]
    [InlineData("amqps://m%40e:secret@host:77/a%2Fb", "amqps://m%40e@host:77/a%2Fb")]
    public void The_text_of_an_address_has_no_password(string url, string text)
    {
        var address = BrokerAddress.Parse(url);
        Assert.Equal(text, address.ToString());
        Assert.DoesNotContain("secret", new BrokerSettings(address).ToString(), StringComparison.Ordinal);
    }
}
