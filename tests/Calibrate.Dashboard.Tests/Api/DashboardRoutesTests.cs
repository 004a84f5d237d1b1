using System.Net;
using System.Text.Json.Nodes;
using Calibrate.Dashboard.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Calibrate.Dashboard.Tests.Api;

public sealed class DashboardRoutesTests(DashboardUnderTest dashboard) : IClassFixture<DashboardUnderTest>
{
    [Fact]
    public void The_document_describes_every_route_and_nothing_else()
    {
        var routes = from source in dashboard.Application.Services.GetServices<EndpointDataSource>().Append(((IEndpointRouteBuilder)dashboard.Application).DataSources.First())
                     from endpoint in source.Endpoints.OfType<RouteEndpoint>()
                     from verb in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                     select (endpoint.RoutePattern.RawText, verb);
        Assert.Equal(routes.Distinct().Order(), new OpenApiDocument().Operations.Select(operation => ((string?)operation.Path, operation.Verb)).Order());
    }

    [Fact]
    public async Task Answers_are_as_documented_to_the_last_property()
    {
        using var friend = dashboard.Friend();
        var document = new OpenApiDocument();
        foreach (var (path, verb) in document.Operations.Where(operation => !operation.Path.EndsWith("/events", StringComparison.Ordinal)))
        {
            using var request = DashboardUnderTest.Request(verb, OpenApiDocument.Example(path));
            using var answer = await friend.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            var type = answer.Content.Headers.ContentType?.MediaType;
            if (verb == "HEAD")
            {
                Assert.Empty(body);
            }

            Assert.Empty(document.Complaints(path, verb, (int)answer.StatusCode, type?.EndsWith("json", StringComparison.Ordinal) == true && body.Length > 0 ? JsonNode.Parse(body) : null, type));
        }
    }

    [Fact]
    public async Task Markup_in_an_address_comes_back_as_text_that_no_page_runs()
    {
        using var friend = dashboard.Friend();
        using var request = DashboardUnderTest.Request("GET", "/api/runs/%3Cimg%20src=x%20onerror=alert(1)%3E", ("Accept", "text/html"));
        using var asPage = await friend.SendAsync(request);
        Assert.Equal("text/plain", asPage.Content.Headers.ContentType?.MediaType);

        using var asJson = await friend.GetAsync(new Uri("/api/runs/%3Cimg%20src=x%3E", UriKind.Relative));
        Assert.Equal("application/problem+json", asJson.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<img", await asJson.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
