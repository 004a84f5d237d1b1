using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Calibrate.Dashboard.Security;
using Microsoft.AspNetCore.Http;

namespace Calibrate.Dashboard.Tests.Security;

public class HostRuleTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("localhost:8750", true)]
    [InlineData("localhost.", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1:80", true)]
    [InlineData("[::1]", true)]
    [InlineData("", false)]
    [InlineData("127.1", false)]
    [InlineData("192.168.1.2", false)]
    [InlineData("example.org", false)]
    [InlineData("notlocalhost", false)]
    public void Loopback_knows_this_machine_only(string host, bool allowed) =>
        Assert.Equal(allowed, HostRule.Loopback.Allows(new HostString(host)));

    [Theory]
    [InlineData("runs.example.org", true)]
    [InlineData("10.1.2.3:8750", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("example.org", false)]
    [InlineData("10.1.2.4", false)]
    public void With_a_certificate_the_names_that_it_vouches_for_are_answered(string host, bool allowed)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=runs.example.org", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("runs.example.org");
        names.AddIpAddress(IPAddress.Parse("10.1.2.3"));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(allowed, HostRule.Of(certificate).Allows(new HostString(host)));
    }
}
