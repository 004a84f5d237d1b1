using Npgsql;

namespace Calibrate.Journal.PostgreSql.Tests;

public class PostgreSqlAddressTests
{
    [Fact]
    public void An_address_is_read_in_all_its_parts()
    {
        var address = PostgreSqlAddress.Parse("postgres://us%40er:p%3Aass%2Fword@db.example:6543/runs?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&schema=mine&connect_timeout=3");

        Assert.Equal("us@er", address.Connection.Username);
        Assert.Equal("p:ass/word", address.Connection.Password);
        Assert.Equal(("db.example", 6543, "runs"), (address.Connection.Host, address.Connection.Port, address.Connection.Database));
        Assert.Equal((SslMode.VerifyFull, "/etc/ca.pem"), (address.Connection.SslMode, address.Connection.RootCertificate));
        Assert.Equal(("mine", "mine"), (address.Schema, address.Connection.SearchPath));
        Assert.Equal(3, address.Connection.Timeout);
    }

    [Fact]
    public void What_is_left_out_has_its_usual_value()
    {
        var address = PostgreSqlAddress.Parse("postgresql://[::1]/runs");

        Assert.Equal(("::1", 5432), (address.Connection.Host, address.Connection.Port));
        Assert.Null(address.Connection.Username);
        Assert.Null(address.Connection.Password);
        Assert.Equal(PostgreSqlAddress.DefaultSchema, address.Schema);
    }

    [Theory]
    [InlineData("postgres://user:secret@host:1/db?sslmode=require", "postgres://user@host:1/db?sslmode=require")]
    [InlineData("postgres://user:se:cr%40et@host/db", "postgres://user@host/db")]
    [InlineData("postgresql://host/db", "postgres://host/db")]
    public void The_text_is_an_address_again_without_the_password(string url, string text)
    {
        var address = PostgreSqlAddress.Parse(url);

        Assert.Equal(text, address.Text);
        Assert.Equal(text, address.ToString());
        Assert.Equal(text, PostgreSqlAddress.Parse(text).Text);
    }

    [Fact]
    public void A_password_of_the_address_goes_before_one_from_elsewhere()
    {
        Assert.Equal("inside", PostgreSqlAddress.Parse("postgres://u:inside@h/d", "outside").Connection.Password);
        Assert.Equal("outside", PostgreSqlAddress.Parse("postgres://u@h/d", "outside").Connection.Password);
    }

    [Theory]
    [InlineData("")]
    [InlineData("runs")]
    [InlineData("http://user:secret@host/db")]
    [InlineData("postgres://user:secret@/db")]
    [InlineData("postgres://user:secret@host")]
    [InlineData("postgres://user:secret@host/a/b")]
    [InlineData("postgres://user:secret@host:port/db")]
    [InlineData("postgres://user@host/db?password=secret")]
    [InlineData("postgres://user:secret@host/db?sslmode=maybe")]
    [InlineData("postgres://user:secret@host/db?schema=Robert'); DROP TABLE runs")]
    [InlineData("postgres://user:secret@host/db?schema=pg_catalog")]
    [InlineData("postgres://user:secret@host/db?connect_timeout=0")]
    public void What_is_no_address_is_refused_without_repeating_a_password(string url) =>
        Assert.DoesNotContain("secret", Assert.Throws<FormatException>(() => PostgreSqlAddress.Parse(url)).Message, StringComparison.Ordinal);
}
