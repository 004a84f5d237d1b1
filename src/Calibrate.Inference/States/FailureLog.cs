using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.States;

/// <summary>Failed evaluations: all of them counted by kind, the first few kept in full.</summary>
internal sealed class FailureLog
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly List<FailureExample> examples = [];

    internal IReadOnlyList<KeyValuePair<string, long>> Counts => [.. counts];

    internal IReadOnlyList<FailureExample> Examples => [.. examples];

    /// <summary>The failure that an outcome reports, or null if it is none.</summary>
    internal static (string Kind, string Message)? Describe(EvaluationOutcome outcome) => outcome switch
    {
        ModelFailed failed => (failed.Kind.ToString(), failed.Message),
        ResourceExceeded exceeded => (exceeded.Kind.ToString(), exceeded.Message),
        Evaluated { LogLikelihood: double.NaN } => (nameof(ModelFailureKind.NotANumber), "The log likelihood is not a number."),
        Evaluated { LogLikelihood: double.PositiveInfinity } => (nameof(ModelFailureKind.PositiveInfinity), "The log likelihood is positive infinity."),
        _ => null,
    };

    /// <summary>Adds the failures of one iteration, in order of walker and attempt whatever their order of arrival.</summary>
    internal void Add(List<FailureExample> failures)
    {
        failures.Sort(InOrder);
        foreach (FailureExample failure in failures)
        {
            counts[failure.Kind] = counts.GetValueOrDefault(failure.Kind) + 1;
            if (examples.Count < Block.MaximumFailureExamples)
            {
                examples.Add(failure);
            }
        }
    }

    internal void Clear()
    {
        counts.Clear();
        examples.Clear();
    }

    internal static int InOrder(FailureExample a, FailureExample b) =>
        (a.Id.Iteration, a.Id.Walker, a.Id.Attempt).CompareTo((b.Id.Iteration, b.Id.Walker, b.Id.Attempt));

    internal void Save(StateWriter writer)
    {
        writer.Int32(counts.Count);
        foreach ((string kind, long count) in counts)
        {
            writer.Text(kind);
            writer.Int64(count);
        }

        SaveExamples(writer, examples);
    }

    internal void Restore(ref StateReader reader, int ensemble)
    {
        Clear();
        for (int left = reader.Count(12); left > 0; left--)
        {
            string kind = reader.Text();
            counts[kind] = reader.Int64();
        }

        examples.AddRange(RestoreExamples(ref reader, ensemble));
    }

    internal static void SaveExamples(StateWriter writer, IReadOnlyCollection<FailureExample> failures)
    {
        writer.Int32(failures.Count);
        foreach (FailureExample failure in failures)
        {
            writer.Int32(failure.Id.Iteration);
            writer.Int32(failure.Id.Walker);
            writer.Int32(failure.Id.Attempt);
            writer.Text(failure.Kind);
            writer.Int32(failure.Parameters.Length);
            writer.Doubles(failure.Parameters);
            writer.Text(failure.Message);
        }
    }

    internal static List<FailureExample> RestoreExamples(ref StateReader reader, int ensemble)
    {
        List<FailureExample> failures = [];
        for (int left = reader.Count(24); left > 0; left--)
        {
            EvaluationId id = new(ensemble, reader.Int32(), reader.Int32(), reader.Int32());
            string kind = reader.Text();
            double[] parameters = new double[reader.Count(sizeof(double))];
            reader.Doubles(parameters);
            failures.Add(new FailureExample(id, kind, parameters, reader.Text()));
        }

        return failures;
    }
}
