using System.Net;
using Calibrate.Problems;
using Calibrate.Problems.Models;
using Calibrate.Runtime;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Serving;
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
/// <param name="Slots">Evaluations at the same time, on this machine; an engine has slots of its own.</param>
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
    private readonly IReadOnlyList<IEvaluator> owned;
    private readonly IReadOnlyList<Task<RunException>> ends;

    private ModelServer(WebApplication web, IReadOnlyList<IEvaluator> owned, IReadOnlyList<Task<RunException>> ends)
    {
        this.web = web;
        this.owned = owned;
        this.ends = ends;
    }

    /// <summary>The address at which it listens.</summary>
    public Uri Address => new(web.Urls.First());

    /// <summary>Starts serving on slots of this machine.</summary>
    /// <param name="problem">A problem that was read from a file.</param>
    /// <param name="catalog">The models its file can name.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Time for limits of slots.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ProblemException">The problem cannot be served with all its outputs.</exception>
    /// <exception cref="RunException">The address cannot be had.</exception>
    public static Task<ModelServer> StartAsync(
        Problem problem, IModelCatalog catalog, ModelServerOptions options, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        var forward = ServedProblem.WithAllOutputs(problem, catalog);
        var posterior = ServedProblem.WithNaturalSpace(problem, catalog);
        return StartAsync(forward, posterior, [EvaluatorOf(forward, options, clock), EvaluatorOf(posterior, options, clock)], [], options, cancellationToken);
    }

    /// <summary>Starts serving on the slots of engines: one for each model, since they differ in what they record; one for both where they do not.</summary>
    /// <param name="problem">A problem that was read from a file.</param>
    /// <param name="catalog">The models its file can name.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="makeEngine">Makes an engine that takes lines for the operator to the given place.</param>
    /// <param name="log">Takes lines for the operator.</param>
    /// <param name="clock">Time for hedging and for what is lost.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ProblemException">The problem cannot be served with all its outputs.</exception>
    /// <exception cref="RunException">The address cannot be had, or an engine cannot evaluate the problem.</exception>
    public static async Task<ModelServer> StartAsync(
        Problem problem,
        IModelCatalog catalog,
        ModelServerOptions options,
        Func<Action<string>, IEngine> makeEngine,
        Action<string> log,
        TimeProvider clock,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(makeEngine);
        var forward = ServedProblem.WithAllOutputs(problem, catalog);
        var posterior = ServedProblem.WithNaturalSpace(problem, catalog);
        List<EvaluationService> services = [];
        try
        {
            services.Add(await BeginAsync("forward", forward));
            if (!forward.RecordedNames.SequenceEqual(posterior.RecordedNames))
            {
                services.Add(await BeginAsync("posterior", posterior));
            }
        }
        catch
        {
            foreach (var service in services)
            {
                await service.DisposeAsync();
            }

            throw;
        }

        IEvaluator[] evaluators = [.. services.Select(service => new RememberingEvaluator(new EngineEvaluator(service), options.Remembered))];
        return await StartAsync(forward, posterior, evaluators, [.. services.Select(service => service.Ended)], options, cancellationToken);

        Task<EvaluationService> BeginAsync(string name, Problem served)
        {
            void Tell(string line) => log($"{name}: {line}");
            return EvaluationService.StartAsync(served, makeEngine(Tell), clock, Tell, cancellationToken);
        }
    }

    /// <summary>Returns when the server was told to stop.</summary>
    /// <param name="cancellationToken">Tells it.</param>
    /// <exception cref="RunException">It cannot serve any more.</exception>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource<RunException>();
        await using var registration = cancellationToken.Register(() => stopped.TrySetCanceled(CancellationToken.None));
        var first = await Task.WhenAny([stopped.Task, .. ends]);
        if (first != stopped.Task)
        {
            throw await first;
        }
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

    // The first evaluator is that of the forward model, the last that of the posterior.
    private static async Task<ModelServer> StartAsync(
        Problem forward,
        Problem posterior,
        IReadOnlyList<IEvaluator> evaluators,
        IReadOnlyList<Task<RunException>> ends,
        ModelServerOptions options,
        CancellationToken cancellationToken)
    {
        var application = Build(options, new UmBridgeProtocol(
        [
            new ForwardModel(forward, ServedProblem.OutputSizes(forward), forward.Model is LogDensityBinding, evaluators[0]),
            new PosteriorModel(posterior, evaluators[^1]),
        ]));
        var server = new ModelServer(application, evaluators, ends);
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
