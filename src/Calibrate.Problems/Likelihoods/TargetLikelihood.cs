using Calibrate.Problems.Models;
using Calibrate.Problems.Targets;

namespace Calibrate.Problems.Likelihoods;

/// <summary>Runs a forward model and compares its outputs with all targets. One instance serves one slot.</summary>
internal sealed class TargetLikelihood : ILikelihood, IDisposable
{
    /// <summary>Points per model call: enough for any vector width, few enough that outputs stay in the cache.</summary>
    private const int ChunkLimit = 64;

    private readonly IModel model;
    private readonly IBatchModel? batchModel;
    private readonly TargetTerm[] terms;
    private readonly int[] recordedRows;
    private readonly int[] rowsInUse;
    private readonly int modelDimension;
    private readonly int chunkSize;
    private readonly ModelOutput output;
    private readonly ModelOutputBatch outputs;
    private double[] gathered = [];

    public TargetLikelihood(IModel model, int naturalDimension, IReadOnlyList<CompiledTarget> targets, int[] recordedRows)
    {
        this.model = model;
        this.recordedRows = recordedRows;
        NaturalDimension = naturalDimension;
        batchModel = model as IBatchModel;
        modelDimension = model.Signature.Parameters.Count;
        int preferred = Math.Max(1, batchModel?.PreferredBatch ?? 1);
        chunkSize = Math.Max(preferred, ChunkLimit / preferred * preferred);
        terms = [.. targets.Select(TargetTerm.Of)];
        output = new ModelOutput(model.Signature);
        outputs = new ModelOutputBatch(model.Signature);
        rowsInUse = [.. RowsInUse(targets, recordedRows)];
    }

    public int NaturalDimension { get; }

    public int RecordedCount => recordedRows.Length;

    /// <summary>The output values that targets compare or that are recorded, ascending.</summary>
    public static SortedSet<int> RowsInUse(IReadOnlyList<CompiledTarget> targets, int[] recordedRows) =>
        [.. targets.SelectMany(t => t.Rows.Concat(t.ReferenceRows)), .. recordedRows];

    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        ArgumentNullException.ThrowIfNull(results);
        results.EnsureCapacity(count, RecordedCount);
        natural = natural[..(NaturalDimension * count)];
        int step = batchModel is null ? 1 : chunkSize;
        for (int start = 0; start < count; start += step)
        {
            int size = Math.Min(step, count - start);
            ReadOnlySpan<double> chunk = size == count ? natural : Gather(count, natural, start, size);
            if (size == 1 || !TryEvaluateBatch(start, size, chunk, results))
            {
                EvaluateOneByOne(start, size, chunk, results);
            }
        }
    }

    public void Dispose() => (model as IDisposable)?.Dispose();

    // Copies the points [start, start + size) of a structure of arrays into a smaller one.
    private ReadOnlySpan<double> Gather(int count, ReadOnlySpan<double> natural, int start, int size)
    {
        int length = NaturalDimension * size;
        if (gathered.Length < length)
        {
            gathered = new double[length];
        }

        for (int j = 0; j < NaturalDimension; j++)
        {
            natural.Slice((j * count) + start, size).CopyTo(gathered.AsSpan(j * size));
        }

        return gathered.AsSpan(0, length);
    }

    // False when the model threw: which point is to blame shows when each runs alone.
    private bool TryEvaluateBatch(int start, int size, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        outputs.Reset(size, rowsInUse);
        try
        {
            batchModel!.Evaluate(size, natural[..(modelDimension * size)], outputs);
        }
        catch (Exception exception) when (FailureMessages.IsOfModel(exception))
        {
            return false;
        }

        Compare(start, size, outputs.Values, natural, outputs.Failures, results);
        return true;
    }

    private void EvaluateOneByOne(int start, int size, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        Span<double> point = NaturalDimension <= 128 ? stackalloc double[NaturalDimension] : new double[NaturalDimension];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < point.Length; j++)
            {
                point[j] = natural[(j * size) + i];
            }

            output.Reset(rowsInUse);
            try
            {
                model.Evaluate(point[..modelDimension], output);
            }
            catch (Exception exception) when (FailureMessages.IsOfModel(exception))
            {
                results.Fail(start + i, FailureMessages.OfException(exception));
                continue;
            }

            Compare(start + i, 1, output.Values, point, default, results);
        }
    }

    private void Compare(
        int start,
        int size,
        ReadOnlySpan<double> values,
        ReadOnlySpan<double> natural,
        ReadOnlySpan<ModelFailed?> failures,
        EvaluationBatch results)
    {
        Span<double> totals = results.LogLikelihoods.Slice(start, size);
        totals.Clear();
        foreach (TargetTerm term in terms)
        {
            term.Add(size, values, natural, totals);
        }

        for (int k = 0; k < recordedRows.Length; k++)
        {
            values.Slice(recordedRows[k] * size, size).CopyTo(results.Recorded[((k * results.Count) + start)..]);
        }

        for (int i = 0; i < size; i++)
        {
            if (!failures.IsEmpty && failures[i] is { } failure)
            {
                results.Fail(start + i, failure);
            }
            else if (!(totals[i] < double.PositiveInfinity) || RecordsNaN(values, size, i))
            {
                results.Fail(start + i, Explain(values, size, i, totals[i]));
            }
        }
    }

    private bool RecordsNaN(ReadOnlySpan<double> values, int size, int point)
    {
        foreach (int row in recordedRows)
        {
            if (double.IsNaN(values[(row * size) + point]))
            {
                return true;
            }
        }

        return false;
    }

    // Names the first output value that is to blame.
    private ModelFailed Explain(ReadOnlySpan<double> values, int size, int point, double total)
    {
        if (double.IsPositiveInfinity(total))
        {
            return FailureMessages.OfLogLikelihood(total);
        }

        foreach (int row in rowsInUse)
        {
            double value = values[(row * size) + point];
            if (!double.IsFinite(value))
            {
                string what = double.IsNaN(value) ? "is not a number" : "is infinite";
                return new ModelFailed(ModelFailureKind.NotANumber, $"{OutputNames.Describe(model.Signature, row)} {what}");
            }
        }

        return FailureMessages.OfLogLikelihood(total);
    }
}

/// <summary>Makes target likelihoods, each with its own model instance.</summary>
internal sealed class TargetLikelihoodFactory(
    IModelFactory models, int naturalDimension, IReadOnlyList<CompiledTarget> targets, int[] recordedRows) : ILikelihoodFactory
{
    private readonly SortedSet<int> rowsInUse = TargetLikelihood.RowsInUse(targets, recordedRows);

    /// <summary>The output values that targets compare, ascending.</summary>
    public IReadOnlyCollection<int> RowsCompared { get; } = TargetLikelihood.RowsInUse(targets, []);

    /// <summary>The targets in the order of the problem.</summary>
    public IReadOnlyList<CompiledTarget> Targets => targets;

    /// <summary>A likelihood of the same targets that records other output values.</summary>
    /// <param name="rows">Which values to record, as indexes among all output values of the model.</param>
    public ILikelihood CreateRecording(int[] rows)
    {
        SortedSet<int> inUse = TargetLikelihood.RowsInUse(targets, rows);
        return new TargetLikelihood(models is ISelectiveModelFactory selective ? selective.Create(inUse) : models.Create(), naturalDimension, targets, rows);
    }

    /// <summary>A likelihood of the same targets over another source of outputs, which records nothing.</summary>
    /// <param name="model">A model with the same signature.</param>
    public ILikelihood CreateOver(IModel model) => new TargetLikelihood(model, naturalDimension, targets, []);

    public ILikelihood Create()
    {
        IModel model = models is ISelectiveModelFactory selective ? selective.Create(rowsInUse) : models.Create();
        return new TargetLikelihood(model, naturalDimension, targets, recordedRows);
    }
}

/// <summary>Makes log density likelihoods, each with its own instance.</summary>
internal sealed class LogDensityLikelihoodFactory(ILogDensityFactory densities, int naturalDimension) : ILikelihoodFactory
{
    public ILikelihood Create() => new LogDensityLikelihood(densities.Create(), naturalDimension);
}
