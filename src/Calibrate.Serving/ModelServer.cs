using System.Net;
using Calibrate.Problems;
using Calibrate.Problems.Models;
using Calibrate.Runtime;
using Calibrate.Runtime.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Calibrate.Serving;

/// <summary>Where and how a problem is served.</summary>
/// <param name="Host">Address to listen at.</param>
/// <param name="Port">Port to listen at; 0 for any that is free.</param>
/// <param name="Slots">Evaluations at the same time.</param>
public sealed record ModelServerOptions(IPAddress Host, int Port, int Slots)
{
    /// <summary>Outcomes that each model remembers.</summary>
    public int Remembered { get; init; } = 10_000;
}

/// <summary>
/// Serves a problem to UM-Bridge clients as two models: <c>forward</c>, all outputs of its model, and <c>posterior</c>, its log posterior.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly IEvaluator[] owned;

    private ModelServer(WebApplication web, IEvaluator[] owned)
    {
        this.web = web;
        this.owned = owned;
    }

    /// <summary>The address at which it listens.</summary>
    public Uri Address => new(web.Urls.First());

    /// <summary>Starts serving.</summary>
    /// <param name="problem">A problem that was read from a file.</param>
    /// <param name="catalog">The models its file can name.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Time for limits of slots.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ProblemException">The problem cannot be served with all its outputs.</exception>
    /// <exception cref="RunException">The address cannot be had.</exception>
    public static async Task<ModelServer> StartAsync(
        Problem problem, IModelCatalog catalog, ModelServerOptions options, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        var forward = ServedProblem.WithAllOutputs(problem, catalog);
        var posterior = ServedProblem.WithNaturalSpace(problem, catalog);
        IEvaluator[] evaluators = [EvaluatorOf(forward, options, clock), EvaluatorOf(posterior, options, clock)];
        var application = Build(options, new UmBridgeProtocol(
        [
            new ForwardModel(forward, ServedProblem.OutputSizes(problem), problem.Model is LogDensityBinding, evaluators[0]),
            new PosteriorModel(posterior, evaluators[1]),
        ]));
        var server = new ModelServer(application, evaluators);
        try
        {
            await application.StartAsync(cancellationToken);
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
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var evaluator in owned)
        {
            await evaluator.DisposeAsync();
        }

        await web.DisposeAsync();
    }

    private static RememberingEvaluator EvaluatorOf(Problem problem, ModelServerOptions options, TimeProvider clock)
    {
        ISlotFactory factory = problem.Execution.NeedsProcesses ? ProcessSlotFactory.Of(problem, clock) : new ThreadSlotFactory(problem.Likelihood);
        return new RememberingEvaluator(new SlotEvaluator(factory, options.Slots), options.Remembered);
    }

    private static WebApplication Build(ModelServerOptions options, UmBridgeProtocol protocol)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = UmBridgeProtocol.LargestBody;
            kestrel.Limits.MaxConcurrentConnections = 4096;
            kestrel.Listen(options.Host, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.ClearProviders();
        var application = builder.Build();
        var isLocal = IPAddress.IsLoopback(options.Host);
        application.Run(context => isLocal && !IsLocalName(context.Request.Host.Host) ? RefuseAsync(context) : protocol.AnswerAsync(context));
        return application;
    }

    // A page in a browser may give its own name the address 127.0.0.1, and would then read what is served here.
    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static async Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.Response.Body.WriteAsync(ServedBody.Error(ProtocolError.InvalidInput("the request names another host than localhost")));
    }
}
