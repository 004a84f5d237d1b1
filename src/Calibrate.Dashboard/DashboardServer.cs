using System.Net;
using Calibrate.Dashboard.Api;
using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Security;
using Calibrate.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calibrate.Dashboard;

/// <summary>Serves the runs of a journal to browsers: a list, a live page per run, an API, metrics.</summary>
public sealed class DashboardServer : IAsyncDisposable
{
    private const long LargestBody = 16 << 10;
    private const long MostConnections = 256;

    private readonly WebApplication web;
    private readonly IReadOnlyList<object> parts;
    private readonly DashboardOptions options;

    private DashboardServer(WebApplication web, IReadOnlyList<object> parts, DashboardOptions options)
    {
        this.web = web;
        this.parts = parts;
        this.options = options;
    }

    /// <summary>The address at which it listens.</summary>
    public Uri Address => new(web.Urls.First());

    /// <summary>The address that lets a browser in, with the token: for whoever started the dashboard, once.</summary>
    public string EntryAddress => $"{Address}?token={options.Token.Reveal()}";

    /// <summary>Starts serving.</summary>
    /// <param name="sources">What is shown.</param>
    /// <param name="options">Where, and to whom.</param>
    /// <param name="log">Takes lines for the operator: what went wrong inside.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="RunRefusedException">Others could read the token on the way to this address.</exception>
    /// <exception cref="RunException">The address cannot be had.</exception>
    public static async Task<DashboardServer> StartAsync(
        DashboardSources sources, DashboardOptions options, Action<string> log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(options);
        if (!IPAddress.IsLoopback(options.Host) && options.Certificate is null)
        {
            throw new RunRefusedException(
                $"At {options.Host} others could read the token on the way: give a certificate with --cert and --key, or listen at 127.0.0.1 and come through a tunnel (ssh -L).");
        }

        var server = Build(sources, options, log, host => host.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options)));
        try
        {
            await server.web.StartAsync(cancellationToken);
            return server;
        }
        catch (IOException exception)
        {
            await server.DisposeAsync();
            throw new RunException($"cannot listen at {options.Host}:{options.Port}: {exception.Message} Choose another with --port.", exception);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when the server was told to stop.</summary>
    /// <param name="cancellationToken">Tells it.</param>
    public static Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(() => stopped.TrySetCanceled(CancellationToken.None));
        return stopped.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }

        await web.DisposeAsync();
    }

    /// <summary>The application on any server: Kestrel, or one within a test.</summary>
    internal static DashboardServer Build(DashboardSources sources, DashboardOptions options, Action<string> log, Action<IWebHostBuilder> serve)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        serve(builder.WebHost);
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var application = builder.Build();

        var catalog = new RunCatalog(sources.Journal, sources.Clock);
        var watches = new RunWatches(sources);
        var runs = new RunEndpoints(sources, catalog);
        var downloads = new DownloadEndpoints(sources);
        var gate = new AccessGate(options.Token, options.Certificate is { } certificate ? HostRule.Of(certificate) : HostRule.Loopback);
        application.Use(next => context => ServeAsync(context, gate, next, log));
        DashboardRoutes.Map(
            application,
            runs,
            new StreamEndpoint(watches, catalog, sources.Clock, application.Lifetime.ApplicationStopping),
            new ControlEndpoints(sources.Control),
            downloads,
            new MetricsEndpoint(catalog, watches));
        return new DashboardServer(application, [watches, catalog, runs, downloads], options);
    }

    /// <summary>The application, for a server within a test.</summary>
    internal WebApplication Application => web;

    // What goes wrong inside is told to the operator, and to nobody else.
    private static async Task ServeAsync(HttpContext context, AccessGate gate, RequestDelegate next, Action<string> log)
    {
        try
        {
            await gate.InvokeAsync(context, next);
            if (!context.Response.HasStarted && WordsOf(context.Response) is { } words)
            {
                await Answer.RefuseAsync(context, context.Response.StatusCode, words);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await Answer.RefuseAsync(context, exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            log($"{context.Request.Method} {context.Request.Path}: {exception.GetType().Name}: {exception.Message}");
            await Answer.RefuseAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong in the dashboard; its terminal says what.");
        }
    }

    // What routing refuses by itself, it refuses without a word.
    private static string? WordsOf(HttpResponse response) => response.ContentType is not null ? null : response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => $"This address takes {response.Headers.Allow}.",
        _ => null,
    };

    private static void Listen(KestrelServerOptions kestrel, DashboardOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Listen(options.Host, options.Port, listen =>
        {
            listen.Protocols = options.Certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (options.Certificate is { } certificate)
            {
                listen.UseHttps(certificate);
            }
        });
    }
}
