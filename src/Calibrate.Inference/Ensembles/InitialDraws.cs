using Calibrate.Inference.Initialisation;
using Calibrate.Inference.States;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Ensembles;

/// <summary>The attempts to find every walker of one ensemble an initial position with a finite posterior.</summary>
internal sealed class InitialDraws
{
    /// <summary>Most positions that one walker draws.</summary>
    internal const int MostAttempts = 100;

    private readonly IInitialPositions positions;
    private readonly IParameterSpace space;
    private readonly int ensemble;
    private readonly int[] next;
    private readonly int[] failed;

    internal InitialDraws(IInitialPositions positions, IParameterSpace space, int ensemble, int walkers)
    {
        this.positions = positions;
        this.space = space;
        this.ensemble = ensemble;
        next = new int[walkers];
        failed = new int[walkers];
    }

    /// <summary>Draws from the walker's next attempt on, until a position lies inside the prior's support.</summary>
    /// <param name="walker">The walker.</param>
    /// <param name="position">Receives the position.</param>
    /// <param name="natural">Receives the natural parameters.</param>
    /// <param name="logPrior">Log prior there.</param>
    /// <param name="logJacobian">Log Jacobian there.</param>
    /// <returns>The number of the attempt; -1 if there are no more.</returns>
    internal int Draw(int walker, Span<double> position, Span<double> natural, out double logPrior, out double logJacobian)
    {
        logPrior = double.NegativeInfinity;
        logJacobian = 0;
        for (int attempt = next[walker]; attempt < MostAttempts && positions.TryDraw(ensemble, walker, attempt, position); attempt++)
        {
            space.Evaluate(1, position, natural, new Span<double>(ref logPrior), new Span<double>(ref logJacobian));
            if (logPrior > double.NegativeInfinity)
            {
                return attempt;
            }
        }

        return -1;
    }

    /// <summary>Notes that the posterior was zero at an attempt.</summary>
    internal void Fail(int walker, int attempt)
    {
        next[walker] = attempt + 1;
        failed[walker]++;
    }

    /// <summary>Why a walker without a position cannot start.</summary>
    internal string Refusal(int walker)
    {
        Span<double> position = new double[space.Dimension];
        int attempts = 0;
        while (attempts < MostAttempts && positions.TryDraw(ensemble, walker, attempts, position))
        {
            attempts++;
        }

        int evaluated = failed[walker];
        string reason = $"{(attempts - evaluated).ToString(Format)} outside the prior's support, {evaluated.ToString(Format)} with a likelihood of zero or a failed model";
        return RefusalTexts.NoInitialPosition(ensemble, walker, attempts, positions.Source, reason);
    }

    private static IFormatProvider Format => System.Globalization.CultureInfo.InvariantCulture;

    internal void Save(StateWriter writer)
    {
        writer.Int32(next.Count(attempt => attempt > 0));
        for (int walker = 0; walker < next.Length; walker++)
        {
            if (next[walker] > 0)
            {
                writer.Int32(walker);
                writer.Int32(next[walker]);
                writer.Int32(failed[walker]);
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <returns>Number of failed evaluations.</returns>
    internal long Restore(ref StateReader reader)
    {
        long evaluations = 0;
        for (int left = reader.Count(12); left > 0; left--)
        {
            int walker = reader.Int32();
            int attempt = reader.Int32();
            int count = reader.Int32();
            if ((uint)walker >= (uint)next.Length || attempt is < 1 or > MostAttempts || count < 1 || count > attempt)
            {
                throw StateReader.Damaged();
            }

            next[walker] = attempt;
            failed[walker] = count;
            evaluations += count;
        }

        return evaluations;
    }
}
