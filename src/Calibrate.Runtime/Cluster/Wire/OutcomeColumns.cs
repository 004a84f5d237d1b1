using Calibrate.Problems.Likelihoods;
using Google.Protobuf;

namespace Calibrate.Runtime.Cluster.Wire;

/// <summary>Outcomes of evaluations as columns.</summary>
internal static class OutcomeColumns
{
    private const byte KindEvaluated = 0;
    private const byte KindFailed = 1;
    private const byte KindExceeded = 2;
    private const byte KindLost = 3;

    public static Protobuf.Outcomes From(IReadOnlyList<EvaluationOutcome> outcomes)
    {
        var message = new Protobuf.Outcomes();
        var kinds = new byte[outcomes.Count];
        List<Evaluated> evaluated = [];
        List<byte> reasons = [];
        for (var i = 0; i < outcomes.Count; i++)
        {
            kinds[i] = KindOf(outcomes[i]);
            switch (outcomes[i])
            {
                case Evaluated value:
                    evaluated.Add(value);
                    break;
                case ModelFailed failed:
                    reasons.Add((byte)failed.Kind);
                    message.Messages.Add(Fields.Shortened(failed.Message));
                    break;
                case ResourceExceeded exceeded:
                    reasons.Add((byte)exceeded.Kind);
                    message.Messages.Add(Fields.Shortened(exceeded.Message));
                    break;
                case Lost lost:
                    reasons.Add(0);
                    message.Messages.Add(Fields.Shortened(lost.Reason));
                    message.Deaths.Add(Fields.Shortened(lost.Death ?? "", Fields.LongestName));
                    break;
            }
        }

        message.Kinds = UnsafeByteOperations.UnsafeWrap(kinds);
        message.Reasons = UnsafeByteOperations.UnsafeWrap(reasons.ToArray());
        message.LogLikelihoods = Fields.Rows<double>(evaluated.Count, i => [evaluated[i].LogLikelihood]);
        message.RecordedCount = evaluated.Count == 0 ? 0 : evaluated[0].Recorded.Length;
        message.Recorded = Fields.Rows(evaluated.Count, i => evaluated[i].Recorded);
        return message;
    }

    public static EvaluationOutcome[] ToOutcomes(Protobuf.Outcomes? message)
    {
        var kinds = (message ?? throw new InvalidDataException("no outcomes")).Kinds.Span;
        Fields.Count(kinds.Length, Fields.MostEvaluations);
        var evaluated = kinds.Count(KindEvaluated);
        var lost = kinds.Count(KindLost);
        var width = Fields.Count(message.RecordedCount, ClusterCodec.MostRecorded);
        var values = Fields.ColumnOf<double>(message.LogLikelihoods, evaluated, 1);
        var recorded = Fields.ColumnOf<double>(message.Recorded, evaluated, width);
        var reasons = Fields.ColumnOf<byte>(message.Reasons, kinds.Length - evaluated, 1);
        if (message.Messages.Count != reasons.Length || message.Deaths.Count != lost)
        {
            throw new InvalidDataException("outcomes whose columns do not match");
        }

        var outcomes = new EvaluationOutcome[kinds.Length];
        int value = 0, reason = 0, death = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (kinds[i] == KindEvaluated)
            {
                outcomes[i] = new Evaluated(LogLikelihood(values[value]), recorded.Slice(value * width, width).ToArray());
                value++;
                continue;
            }

            var text = Fields.Text(message.Messages[reason], Fields.LongestReason);
            outcomes[i] = kinds[i] switch
            {
                KindFailed => new ModelFailed(Known((ModelFailureKind)reasons[reason]), text),
                KindExceeded => new ResourceExceeded(Known((ResourceKind)reasons[reason]), text),
                KindLost => new Lost(text) { Death = Fields.Text(message.Deaths[death++], Fields.LongestName) is { Length: > 0 } name ? name : null },
                var unknown => throw new InvalidDataException($"an outcome of unknown kind {unknown}"),
            };
            reason++;
        }

        return outcomes;
    }

    private static byte KindOf(EvaluationOutcome outcome) => outcome switch
    {
        Evaluated => KindEvaluated,
        ModelFailed => KindFailed,
        ResourceExceeded => KindExceeded,
        Lost => KindLost,
        _ => throw new ArgumentException($"No wire format for the outcome {outcome.GetType().Name}.", nameof(outcome)),
    };

    private static double LogLikelihood(double value) => double.IsNaN(value) || double.IsPositiveInfinity(value)
        ? throw new InvalidDataException("a log likelihood that is neither finite nor -inf")
        : value;

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new InvalidDataException($"an unknown {typeof(T).Name}");
}
