using System.Collections.Concurrent;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Slots.Protocol;
using Calibrate.Runtime.Slots.Protocol.Protobuf;

namespace Calibrate.Runtime.Slots.Child;

/// <summary>The child's side of a process slot: builds a problem, evaluates, answers, and ends when its parent does.</summary>
public sealed class SlotServer
{
    private readonly IModelCatalog models;
    private readonly FrameWriter writer;
    private readonly EvaluationBatch results = new();
    private GuardedLikelihood? likelihood;
    private double[] natural = [];

    private SlotServer(IModelCatalog models, Stream output)
    {
        this.models = models;
        writer = new FrameWriter(output);
    }

    /// <summary>
    /// Makes this process a slot, until its parent closes the connection or dies. Call it before anything was read from the standard input or
    /// written to the standard output: both belong to the parent, and whatever the model prints goes to the standard error.
    /// </summary>
    /// <param name="models">The models that problems can name.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IModelCatalog models)
    {
        ArgumentNullException.ThrowIfNull(models);
        ProcessGroups.Lead();
        var (input, output) = StandardStreams.Take();
        using var messages = new BlockingCollection<ToChild>();
        var listener = new ParentListener(input, messages);
        listener.Start();
        Serve(models, output, messages.GetConsumingEnumerable());
        return 0;
    }

    /// <summary>Answers messages one after the other.</summary>
    internal static void Serve(IModelCatalog models, Stream output, IEnumerable<ToChild> messages)
    {
        var server = new SlotServer(models, output);
        foreach (var message in messages)
        {
            switch (message.MessageCase)
            {
                case ToChild.MessageOneofCase.Load:
                    server.writer.Write(server.Load(message.Load));
                    break;
                case ToChild.MessageOneofCase.Evaluate:
                    server.Evaluate(message.Evaluate);
                    break;
                default:
                    throw new InvalidDataException($"a message of unknown kind {message.MessageCase}");
            }
        }
    }

    private ToParent Load(Load load)
    {
        try
        {
            var problem = ProblemFile.Parse(SlotMessages.BundleOf(load), models);
            var model = problem.ModelFingerprint(BuildIdentity.Current).Hex;
            if (model != load.ModelFingerprint)
            {
                return new ToParent
                {
                    Refused = $"A process for evaluations builds another model than the one that started it (fingerprint {model[..12]}, expected {load.ModelFingerprint[..12]}): it is another program or another version.",
                };
            }

            likelihood = new GuardedLikelihood(problem.Likelihood.Create());
            return new ToParent { Loaded = new Loaded { NaturalDimension = likelihood.NaturalDimension } };
        }
        catch (ProblemException exception)
        {
            return new ToParent { Refused = $"A process for evaluations cannot build the problem:\n{exception.Message}" };
        }
        catch (ModelUnavailableException exception)
        {
            return new ToParent { Refused = $"A process for evaluations cannot make the model: {exception.Message}" };
        }
    }

    private void Evaluate(Evaluate request)
    {
        var ready = likelihood ?? throw new InvalidDataException("evaluations for a problem that was not built");
        var width = ready.NaturalDimension;
        var points = SlotMessages.PointsOf(request, width);
        for (var from = 0; from < request.Count; from += request.Together)
        {
            var count = Math.Min(request.Together, request.Count - from);
            Transpose(points.Slice(from * width, count * width), count, width);
            try
            {
                ready.Evaluate(count, natural.AsSpan(0, count * width), results);
            }
            catch (RunException exception)
            {
                // nobody is to blame but the model as a whole: the parent ends what it is doing
                writer.Write(new ToParent { Refused = exception.Message });
                return;
            }

            var outcomes = new EvaluationOutcome[count];
            for (var i = 0; i < count; i++)
            {
                outcomes[i] = results.OutcomeOf(i);
            }

            writer.Write(new ToParent { Outcomes = OutcomeColumns.From(outcomes) });
        }
    }

    private void Transpose(ReadOnlySpan<double> points, int count, int width)
    {
        if (natural.Length < count * width)
        {
            natural = new double[count * width];
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < width; j++)
            {
                natural[(j * count) + i] = points[(i * width) + j];
            }
        }
    }
}
