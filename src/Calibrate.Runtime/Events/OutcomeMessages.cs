using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Events;

/// <summary>Outcomes of single evaluations in the journal's format.</summary>
internal static class OutcomeMessages
{
    public static Wire.WalkersAdvanced From(WalkersAdvanced walkers)
    {
        var message = new Wire.WalkersAdvanced { Version = RunEventCodec.Version, Seconds = walkers.Seconds };
        for (var i = 0; i < walkers.Outcomes.Count; i++)
        {
            message.Outcomes.Add(From(walkers.Outcomes[i]));
        }

        return message;
    }

    public static WalkersAdvanced ToEvent(Wire.WalkersAdvanced message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new WalkersAdvanced([.. message.Outcomes.Select(ToSettled)], message.Seconds);
    }

    public static Wire.Outcome From(SettledEvaluation settled)
    {
        var message = new Wire.Outcome
        {
            Ensemble = settled.Id.Ensemble,
            Iteration = settled.Id.Iteration,
            Walker = settled.Id.Walker,
            Attempt = settled.Id.Attempt,
        };
        switch (settled.Outcome)
        {
            case Evaluated evaluated:
                message.LogLikelihood = evaluated.LogLikelihood;
                if (evaluated.Recorded.Length > 0)
                {
                    message.Recorded = BlockMessages.Wrap(evaluated.Recorded);
                }

                break;
            case ModelFailed failed:
                message.Failed = new Wire.EvaluationFailed { Kind = (int)failed.Kind, Message = failed.Message };
                break;
            case ResourceExceeded exceeded:
                message.Exceeded = new Wire.EvaluationExceeded { Kind = (int)exceeded.Kind, Message = exceeded.Message };
                break;
            default:
                throw new ArgumentException($"{settled.Outcome.GetType().Name} settles nothing and is not journaled.", nameof(settled));
        }

        return message;
    }

    public static SettledEvaluation ToSettled(Wire.Outcome message) => new(
        new EvaluationId(message.Ensemble, message.Iteration, message.Walker, message.Attempt),
        message.ResultCase switch
        {
            Wire.Outcome.ResultOneofCase.LogLikelihood =>
                new Evaluated(message.LogLikelihood, BlockMessages.ArrayOf<double>(message.Recorded)),
            Wire.Outcome.ResultOneofCase.Failed =>
                new ModelFailed((ModelFailureKind)message.Failed.Kind, message.Failed.Message),
            Wire.Outcome.ResultOneofCase.Exceeded =>
                new ResourceExceeded((ResourceKind)message.Exceeded.Kind, message.Exceeded.Message),
            _ => throw new InvalidDataException("An evaluation in the journal has no outcome."),
        });
}
