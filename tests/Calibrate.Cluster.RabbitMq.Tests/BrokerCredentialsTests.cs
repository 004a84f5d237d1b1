namespace Calibrate.Cluster.RabbitMq.Tests;

public class BrokerCredentialsTests
{
    [Fact]
    public void Without_a_url_the_environment_names_the_broker() =>
        Assert.Equal("secret", Find(null, url: "amqp://me:secret@host/").Password);

    [Fact]
    public void A_url_without_password_gets_that_of_the_same_broker_in_the_environment()
    {
        Assert.Equal("secret", Find("amqp://me@host/", url: "amqp://me:secret@host:5672/").Password);
        var exception = Assert.Throws<BrokerException>(() => Find("amqp://me@other/", url: "amqp://me:secret@host/"));
        Assert.Contains(BrokerCredentials.PasswordFileVariable, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_line_of_a_file_is_a_password()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "from file\nmore\n");
            Assert.Equal("from file", Find("amqp://me@host/", passwordFile: file).Password);
            Assert.Equal("given", Find("amqp://me:given@host/", passwordFile: file).Password);
            File.WriteAllText(file, "\n");
            Assert.Contains("empty", Assert.Throws<BrokerException>(() => Find("amqp://me@host/", passwordFile: file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("/no/such/file", Assert.Throws<BrokerException>(() => Find("amqp://me@host/", passwordFile: "/no/such/file")).Message, StringComparison.Ordinal);

    [Fact]
    public void Without_any_broker_the_message_says_what_to_give() =>
        Assert.Contains("--broker", Assert.Throws<BrokerException>(() => Find(null)).Message, StringComparison.Ordinal);

    private static BrokerAddress Find(string? given, string? url = null, string? passwordFile = null) => BrokerCredentials.Find(
        given, name => name == BrokerCredentials.UrlVariable ? url : name == BrokerCredentials.PasswordFileVariable ? passwordFile : null);
}
