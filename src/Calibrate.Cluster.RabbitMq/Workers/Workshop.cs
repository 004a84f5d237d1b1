using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Slots;

namespace Calibrate.Cluster.RabbitMq.Workers;

/// <summary>Builds what is offered, proves it on its canaries with a real slot, and makes the slots of what was built. Safe for any thread.</summary>
/// <param name="options">How slots are kept apart.</param>
/// <param name="models">The models that problems can name.</param>
/// <param name="clock">Measures evaluations.</param>
internal sealed class Workshop(WorkerOptions options, IModelCatalog models, TimeProvider clock)
{
    // A slow model proves itself on fewer canaries.
    private static readonly TimeSpan LongestProof = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<ModelFingerprint, (ISlotFactory Factory, Stack<ISlot> Spare)> built = [];

    /// <summary>Identity of the code that evaluates here.</summary>
    public string Build { get; } = BuildIdentity.Current;

    /// <summary>Builds and proves.</summary>
    public WorkerInput.Prepared Prepare(Offer offer, CancellationToken cancellationToken)
    {
        try
        {
            var problem = ProblemFile.Parse(offer.Problem, models, options.Files);
            var model = ClusterModel.Of(problem, Build);
            var factory = FactoryOf(problem);
            var slot = factory.Create();
            var (canaries, seconds) = Prove(slot, offer.Canaries, cancellationToken);
            lock (gate)
            {
                if (!built.ContainsKey(model))
                {
                    built.Add(model, (factory, new Stack<ISlot>()));
                }

                built[model].Spare.Push(slot);
            }

            return new WorkerInput.Prepared(offer.Session, model, canaries, seconds, "");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Models are code of others: whatever it throws while it is built is a refusal, not the end of a worker that serves other runs.
            return new WorkerInput.Prepared(offer.Session, null, [], 0, exception.Message);
        }
    }

    /// <summary>A slot of a model that was built here.</summary>
    /// <exception cref="RunException">The model is not built here, or cannot be brought to life.</exception>
    public ISlot SlotOf(ModelFingerprint model)
    {
        ISlotFactory factory;
        lock (gate)
        {
            if (!built.TryGetValue(model, out var found))
            {
                throw new RunException($"Model {model.Value.Short} is not built on this worker.");
            }

            if (found.Spare.TryPop(out var slot))
            {
                return slot;
            }

            factory = found.Factory;
        }

        return factory.Create();
    }

    /// <summary>Forgets a model; its spare slots are returned to be disposed of.</summary>
    public IReadOnlyList<ISlot> Forget(ModelFingerprint model)
    {
        lock (gate)
        {
            return built.Remove(model, out var found) ? [.. found.Spare] : [];
        }
    }

    /// <summary>Forgets everything.</summary>
    public IReadOnlyList<ISlot> ForgetAll()
    {
        lock (gate)
        {
            ISlot[] spare = [.. built.Values.SelectMany(entry => entry.Spare)];
            built.Clear();
            return spare;
        }
    }

    private ISlotFactory FactoryOf(Problem problem)
    {
        if (options.Isolation == SlotIsolation.Process)
        {
            var process = new ProcessSlotOptions
            {
                Limits = ClusterModel.LimitsOf(problem),
                Recycle = problem.Execution.Recycle,
                Program = options.Program,
                Clock = clock,
            };
            return new ProcessSlotFactory(ProblemBundle.Of(problem), problem.ModelFingerprint(Build), process);
        }

        return problem.Execution.NeedsProcesses
            ? throw new RunRefusedException(
                "The problem asks for processes (execution.isolation, timeout or memory), and this worker's slots are threads: start it with --isolation process.")
            : new ThreadSlotFactory(problem.Likelihood);
    }

    private (IReadOnlyList<EvaluationOutcome> Outcomes, double Seconds) Prove(
        ISlot slot, IReadOnlyList<double[]> canaries, CancellationToken cancellationToken)
    {
        List<EvaluationOutcome> outcomes = [];
        List<double> seconds = [];
        var begin = clock.GetTimestamp();
        for (var i = 0; i < canaries.Count && (i == 0 || clock.GetElapsedTime(begin) < LongestProof); i++)
        {
            var start = clock.GetTimestamp();
            var answers = slot.Evaluate([new EvaluationRequest(new EvaluationId(0, 0, i, 0), canaries[i])], cancellationToken);
            seconds.Add(clock.GetElapsedTime(start).TotalSeconds);

            // A vector that kills its process says nothing about the worker: a run that needs it finds out for itself.
            outcomes.Add(answers[0].Outcome is Lost { Death: not null } killed ? new ResourceExceeded(ResourceKind.Crash, killed.Reason) : answers[0].Outcome);
        }

        seconds.Sort();
        return (outcomes, seconds.Count == 0 ? 0 : seconds[seconds.Count / 2]);
    }
}
