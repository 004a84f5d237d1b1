using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Calibrate.Dashboard.Security;
using Calibrate.Runtime;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Dashboard.Tests;

public class DashboardServerTests
{
    private static readonly DashboardSources Sources = new()
    {
        Journal = new InMemoryJournal(),
        Place = "memory",
        LoadProblemAsync = (_, _) => Task.FromResult(new ConjugateProblem().Build()),
        Clock = TimeProvider.System,
    };

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task An_address_that_others_reach_needs_a_certificate(string host)
    {
        var options = new DashboardOptions(IPAddress.Parse(host), 0, AccessToken.Random());
        var refused = await Assert.ThrowsAsync<RunRefusedException>(() => DashboardServer.StartAsync(Sources, options, _ => { }));
        Assert.Contains("--cert and --key", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(options.Token.Reveal(), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_that_is_printed_lets_a_browser_in()
    {
        var options = new DashboardOptions(IPAddress.Loopback, 0, AccessToken.Random());
        await using var server = await DashboardServer.StartAsync(Sources, options, _ => { });
        Assert.True(server.Address.IsLoopback);

        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() });
        Assert.Contains("<h1>Runs</h1>", await browser.GetStringAsync(new Uri(server.EntryAddress)), StringComparison.Ordinal);
        Assert.Equal("""{"place":"memory","runs":[]}""", await browser.GetStringAsync(new Uri(server.Address, "/api/runs")));
        using var stranger = new HttpClient();
        using var answer = await stranger.GetAsync(new Uri(server.Address, "/api/runs"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_TLS_and_its_cookie_goes_nowhere_else()
    {
        using var certificate = SelfSigned();
        var options = new DashboardOptions(IPAddress.Any, 0, AccessToken.Random()) { Certificate = certificate };
        await using var server = await DashboardServer.StartAsync(Sources, options, _ => { });
        Assert.Equal("https", server.Address.Scheme);

        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck };
        using var browser = new HttpClient(handler);
        using var entry = await browser.GetAsync(new Uri($"https://localhost:{server.Address.Port}/?token={options.Token.Reveal()}"));
        Assert.Contains("; secure", Assert.Single(entry.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_so()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var refused = await Assert.ThrowsAsync<RunException>(
            () => DashboardServer.StartAsync(Sources, new DashboardOptions(IPAddress.Loopback, port, AccessToken.Random()), _ => { }));
        Assert.Contains("--port", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        var options = new DashboardOptions(IPAddress.Loopback, 0, AccessToken.Random());
        await using var server = await DashboardServer.StartAsync(Sources, options, _ => { });
        using var friend = new HttpClient();
        friend.DefaultRequestHeaders.Authorization = new("Bearer", options.Token.Reveal());
        using var content = new ByteArrayContent(new byte[1 << 20]);
        using var answer = await friend.PostAsync(new Uri(server.Address, "/api/runs/demo/extend"), content);
        Assert.True(answer.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge, $"{answer.StatusCode}");
    }

    [Theory]
    [InlineData("/api/runs/..")]
    [InlineData("/api/runs/%2e%2e")]
    [InlineData("/api/runs/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/runs/..%5c..%5cetc")]
    [InlineData("/api/runs/%00")]
    [InlineData("/api/runs/a%20b")]
    [InlineData("/api/runs/%3Cscript%3E")]
    [InlineData("/api/runs/demo/downloads/..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/runs/demo/downloads/%2e%2e")]
    [InlineData("/api/runs/..%2fdemo/downloads/text")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    [InlineData("/assets/%2e%2e%2fopenapi.json")]
    [InlineData("/assets/../../etc/passwd")]
    [InlineData("/assets//etc/passwd")]
    [InlineData("/runs/..%2f..%2fx")]
    [InlineData("/runs/demo/../../etc/passwd")]
    public async Task No_name_climbs_out_of_its_place(string path)
    {
        var options = new DashboardOptions(IPAddress.Loopback, 0, AccessToken.Random());
        await using var server = await DashboardServer.StartAsync(Sources, options, _ => { });
        using var friend = new HttpClient();
        friend.DefaultRequestHeaders.Authorization = new("Bearer", options.Token.Reveal());
        var address = new Uri(server.Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var answer = await friend.GetAsync(address);
        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        Assert.DoesNotContain("root:", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
