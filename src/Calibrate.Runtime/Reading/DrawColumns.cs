using Calibrate.Problems;
using Calibrate.Problems.Parameters;
using Calibrate.Runtime.Events;

namespace Calibrate.Runtime.Reading;

/// <summary>Takes the columns of some quantities out of blocks, and puts them into chain-major matrices.</summary>
internal sealed class DrawColumns
{
    private readonly Problem problem;
    private readonly Column[] columns;
    private readonly int walkers;
    private readonly bool mapsPositions;
    private readonly double[] natural;
    private readonly double[] logPriors;
    private readonly double[] logJacobians;
    private readonly double[] naturalPoint;
    private readonly double[] recordedPoint;
    private readonly double[] derived;

    public DrawColumns(Problem problem, IReadOnlyList<string> names, int walkers)
    {
        this.problem = problem;
        this.walkers = walkers;
        columns = [.. names.Select(ColumnOf)];
        mapsPositions = Array.Exists(columns, column => column.Kind is ColumnKind.Natural or ColumnKind.Derived);
        natural = new double[problem.Space.NaturalDimension * walkers];
        logPriors = new double[walkers];
        logJacobians = new double[walkers];
        naturalPoint = new double[problem.Space.NaturalDimension];
        recordedPoint = new double[problem.RecordedNames.Count];
        derived = new double[problem.Derived.Count];
    }

    private enum ColumnKind
    {
        Position,
        Natural,
        Derived,
        Recorded,
        LogPosterior,
    }

    /// <summary>Reads rows of a block into the matrices.</summary>
    /// <param name="block">The block.</param>
    /// <param name="firstRow">First row to read.</param>
    /// <param name="rows">Number of rows to read.</param>
    /// <param name="target">One array per column, <c>[chain * draws + draw]</c>.</param>
    /// <param name="begin">Where the first row of the block's first walker goes.</param>
    /// <param name="draws">Draws per chain.</param>
    public void Read(BlockView block, int firstRow, int rows, double[][] target, int begin, int draws)
    {
        for (var c = 0; c < columns.Length; c++)
        {
            var (kind, index) = columns[c];
            switch (kind)
            {
                case ColumnKind.Position:
                    Transpose(block.Positions, firstRow, rows, block.Dimension, index, target[c], begin, draws);
                    break;
                case ColumnKind.Recorded:
                    Transpose(block.Recorded, firstRow, rows, block.RecordedCount, index, target[c], begin, draws);
                    break;
                case ColumnKind.LogPosterior:
                    Transpose(block.LogPosteriors, firstRow, rows, 1, 0, target[c], begin, draws);
                    break;
            }
        }

        for (var row = 0; mapsPositions && row < rows; row++)
        {
            MapRow(block, firstRow + row, target, begin + row, draws);
        }
    }

    // Walker by walker, so that every chain is written in one run; the block itself fits into the cache.
    private void Transpose(
        ReadOnlySpan<double> source, int firstRow, int rows, int width, int index, double[] target, int begin, int draws)
    {
        for (var walker = 0; walker < walkers; walker++)
        {
            var chain = target.AsSpan(begin + (walker * draws), rows);
            var from = (((firstRow * width) + index) * walkers) + walker;
            for (var row = 0; row < chain.Length; row++, from += width * walkers)
            {
                chain[row] = source[from];
            }
        }
    }

    private void MapRow(BlockView block, int row, double[][] target, int place, int draws)
    {
        var positions = block.Positions.Slice(row * block.Dimension * walkers, block.Dimension * walkers);
        problem.Space.Evaluate(walkers, positions, natural, logPriors, logJacobians);
        var needsDerived = Array.Exists(columns, column => column.Kind == ColumnKind.Derived);
        for (var walker = 0; walker < walkers; walker++)
        {
            if (needsDerived)
            {
                Derive(block, row, walker);
            }

            for (var c = 0; c < columns.Length; c++)
            {
                var (kind, index) = columns[c];
                if (kind == ColumnKind.Natural)
                {
                    target[c][place + (walker * draws)] = natural[(index * walkers) + walker];
                }
                else if (kind == ColumnKind.Derived)
                {
                    target[c][place + (walker * draws)] = derived[index];
                }
            }
        }
    }

    private void Derive(BlockView block, int row, int walker)
    {
        for (var k = 0; k < naturalPoint.Length; k++)
        {
            naturalPoint[k] = natural[(k * walkers) + walker];
        }

        for (var k = 0; k < recordedPoint.Length; k++)
        {
            recordedPoint[k] = block.Recorded[(((row * block.RecordedCount) + k) * walkers) + walker];
        }

        problem.Derived.Evaluate(naturalPoint, recordedPoint, derived);
    }

    private Column ColumnOf(string name)
    {
        if (IndexOf(problem.SampledNames, name) is { } sampled)
        {
            var parameter = problem.Parameters.First(parameter => parameter.Name == name);
            return parameter.Transform == ParameterTransform.None
                ? new Column(ColumnKind.Position, sampled)
                : new Column(ColumnKind.Natural, IndexOf(problem.NaturalNames, name)!.Value);
        }

        return IndexOf(problem.Derived.Names, name) is { } derivedIndex ? new Column(ColumnKind.Derived, derivedIndex)
            : IndexOf(problem.NaturalNames, name) is { } naturalIndex ? new Column(ColumnKind.Natural, naturalIndex)
            : IndexOf(problem.RecordedNames, name) is { } recordedIndex ? new Column(ColumnKind.Recorded, recordedIndex)
            : name == RunReader.LogPosterior ? new Column(ColumnKind.LogPosterior, 0)
            : throw new RunException($"The run has no quantity '{name}'.");
    }

    private static int? IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        return null;
    }

    private readonly record struct Column(ColumnKind Kind, int Index);
}
