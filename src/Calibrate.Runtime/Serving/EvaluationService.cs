using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Hosting;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Serving;

/// <summary>
/// Evaluates points of a problem on an engine as they are asked for, without a run and without a journal: hedged, handed out again after losses, with
/// verdicts where an evaluation kills who evaluates it. One mailbox and one reader, as a run has.
/// </summary>
public sealed class EvaluationService : IAsyncDisposable
{
    /// <summary>Points that are waited for at the same time; who asks for more waits before anything is kept for it.</summary>
    public const int MostOpen = 4096;

    private const double ReportSeconds = 0.45;
    private const double LongestAlarmSeconds = 3600;
    private const int PlacesPerSlot = 4;
    private const int FewestPlaces = 8;
    private const int LongestName = 40;

    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Problem problem;
    private readonly IEngine engine;
    private readonly TimeProvider clock;
    private readonly Action<string> log;
    private readonly PointDesk desk;
    private readonly Mailbox mailbox = new(FewestPlaces);

    // Not disposed of: who waited for a place gives it back whenever its turn comes, and there is no handle to free.
    private readonly SemaphoreSlim places = new(MostOpen);
    private readonly TaskCompletionSource<RunException> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationToken stopped;
    private readonly ITimer alarm;
    private readonly ITimer ticks;
    private readonly long start;
    private Task loop = Task.CompletedTask;
    private int tickWaits;
    private double lastReport = double.NegativeInfinity;
    private bool saidWaiting;
    private bool isDisposed;

    private EvaluationService(Problem problem, IEngine engine, TimeProvider clock, Action<string> log)
    {
        this.problem = problem;
        this.engine = engine;
        this.clock = clock;
        this.log = log;
        desk = new PointDesk(VerdictRules.Of(problem));
        stopped = stopping.Token;
        start = clock.GetTimestamp();
        alarm = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ticks = clock.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when nothing is evaluated any more, with the reason: it broke, or was disposed of.</summary>
    public Task<RunException> Ended => ended.Task;

    private double Now => clock.GetElapsedTime(start).TotalSeconds;

    /// <summary>Gets an engine ready to evaluate points of a problem.</summary>
    /// <param name="problem">The problem; one that was read from a file where the engine takes it to other machines.</param>
    /// <param name="engine">Who evaluates single points; disposed of with the service, and at once if this fails.</param>
    /// <param name="clock">Time for hedging and for what is lost.</param>
    /// <param name="log">Takes lines for the operator.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RunException">The engine cannot evaluate this problem, or not at present.</exception>
    public static async Task<EvaluationService> StartAsync(
        Problem problem, IEngine engine, TimeProvider clock, Action<string> log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(log);
        var service = new EvaluationService(problem, engine, clock, log);
        try
        {
            await service.BeginAsync(cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Evaluates one point: a value, a failure of the model, or an exceeded limit; never <see cref="Lost"/>. Waits while there is nobody to evaluate.</summary>
    /// <param name="natural">The natural parameters, inside the prior's support; must not be changed afterwards.</param>
    /// <exception cref="RunException">The service ended before the point was evaluated; the message says why.</exception>
    public async Task<EvaluationOutcome> EvaluateAsync(double[] natural)
    {
        ArgumentNullException.ThrowIfNull(natural);
        try
        {
            await places.WaitAsync(stopped);
            try
            {
                var asked = new PointAsked(natural);
                mailbox.PostUrgent(asked);
                return await asked.Done.Task.WaitAsync(stopped);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException)
        {
            var reason = await ended.Task;
            throw new RunException(reason.Message, reason);
        }
    }

    /// <summary>Ends: whoever waits is told so, the engine stops and lets its workers go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        End(new RunException("the server is being stopped"));
        mailbox.PostUrgent(new StopServing());
        await Task.WhenAny(loop, Task.Delay(Farewell, clock, CancellationToken.None));
        mailbox.Close();
        await loop;
        await ticks.DisposeAsync();
        await alarm.DisposeAsync();
        await engine.DisposeAsync();
        mailbox.Dispose();
        stopping.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        RunPlan.RefuseLimits(problem, engine);
        var work = new EngineWork(new ServedMethod(problem), problem.Likelihood, [], mailbox, problem, new SessionId(NameOf(problem), 1), []);
        var ready = await engine.PrepareAsync(work, cancellationToken);
        if (ready.Mode == ExecutionMode.Blocks)
        {
            throw new RunRefusedException($"The {engine.Name} engine runs whole blocks of a chain and cannot serve single points.");
        }

        // What the engine said of its slots meanwhile is in the mailbox, and counts.
        desk.Handle(ready, Now);
        ticks.Change(TickPeriod, TickPeriod);
        loop = Task.Run(ServeAsync, CancellationToken.None);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (!desk.IsQuiet)
            {
                Step(await mailbox.DrainAsync(CancellationToken.None));
                mailbox.Acknowledge();
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // whatever it is, nobody may wait for ever
            End(exception as RunException ?? new RunException($"the engine broke: {exception.Message}", exception));
        }
    }

    private void Step(IReadOnlyList<RunCommand> commands)
    {
        foreach (var command in commands)
        {
            if (command is Tick)
            {
                Volatile.Write(ref tickWaits, 0);
            }

            desk.Handle(command, Now);
        }

        mailbox.Widen(desk.Slots * PlacesPerSlot);
        foreach (var effect in desk.Plan(Now))
        {
            if (effect is WakeAt wake)
            {
                alarm.Change(TimeSpan.FromSeconds(Math.Clamp(wake.Seconds - Now, 0, LongestAlarmSeconds)), Timeout.InfiniteTimeSpan);
            }
            else
            {
                engine.Perform(effect);
            }
        }

        SayWhetherItWaits();
        if (Now - lastReport >= ReportSeconds)
        {
            lastReport = Now;
            engine.Report(desk.Fare());
        }
    }

    // Once for every time that the last worker leaves.
    private void SayWhetherItWaits()
    {
        if (desk.Slots > 0)
        {
            saidWaiting = false;
        }
        else if (desk.Open > 0 && !saidWaiting)
        {
            saidWaiting = true;
            log("Requests wait: there is no worker.");
        }
    }

    private void End(RunException reason)
    {
        if (ended.TrySetResult(reason))
        {
            stopping.Cancel();
        }
    }

    private void Tick()
    {
        if (Interlocked.Exchange(ref tickWaits, 1) == 0)
        {
            mailbox.PostUrgent(new Tick());
        }
    }

    // Workers keep answers by the name of the run: a server never takes those of another.
    private static RunId NameOf(Problem problem)
    {
        var name = string.Concat(problem.Name.Take(LongestName).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '-'));
        return RunId.Parse(FormattableString.Invariant($"serve-{name}-{(uint)HostEntropy.DrawSeed():x8}"));
    }
}
