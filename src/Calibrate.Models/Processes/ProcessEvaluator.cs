using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Processes;

/// <summary>
/// Evaluates with a child, and with another one when that has ended: the crash of a program fails the point it was at and no other. For one
/// thread.
/// </summary>
/// <param name="source">Gives children.</param>
internal sealed class ProcessEvaluator(ChildSource source) : IDisposable
{
    // As for slots that are processes: what is killed may have been killed for reasons of the machine, but not three times at one point.
    private const int MostKills = 3;

    private ModelChild? child;

    /// <summary>Evaluates a batch.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="points">Structure of arrays: <c>points[j * count + i]</c> = parameter j of point i.</param>
    /// <param name="values">Receives <c>values[v * count + i]</c> = value v of point i.</param>
    /// <param name="failures">Receives the failure of every point that has one.</param>
    /// <exception cref="ModelUnavailableException">The program no longer starts.</exception>
    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> values, Span<ModelFailed?> failures)
    {
        for (int start = 0; start < count;)
        {
            ModelChild living = Living();
            int size = Math.Min(count - start, Math.Min(living.Report.Batch, source.Program.LargestBatch));
            Evaluate(points, new Answers(values, failures, count, start, size));
            start += size;
        }
    }

    /// <summary>Ends the child.</summary>
    public void Dispose()
    {
        child?.Dispose();
        child = null;
    }

    private void Evaluate(ReadOnlySpan<double> points, Answers answers)
    {
        if (answers.Size == 1)
        {
            EvaluateOne(points, answers);
            return;
        }

        if (!TryAsk(points, answers, out _))
        {
            // Which of the points is to blame shows when each is asked alone.
            for (int i = 0; i < answers.Size; i++)
            {
                answers.Forget(i);
                EvaluateOne(points, answers.Slice(i, 1));
            }
        }
    }

    private void EvaluateOne(ReadOnlySpan<double> points, Answers answers)
    {
        for (int kills = 1; !TryAsk(points, answers, out Death death); kills++)
        {
            answers.Forget(0);
            if (!death.MayPass)
            {
                answers.Fail(0, death.Kind, $"the model {death.Description}");
                return;
            }

            if (kills == MostKills)
            {
                answers.Fail(0, death.Kind, $"the model {death.Description}, {MostKills} times at this point");
                return;
            }
        }
    }

    private bool TryAsk(ReadOnlySpan<double> points, Answers answers, out Death death)
    {
        ModelChild living = Living();
        try
        {
            death = default;
            if (living.TryAsk(points, answers))
            {
                return true;
            }

            ChildEnd end = living.End();
            death = new Death($"{end.Description} before it answered{end.LastWords}", ModelFailureKind.NonZeroExit, end.WasKilled);
        }
        catch (ProtocolBreachException breach)
        {
            death = new Death($"broke the protocol: it wrote {breach.Message}", ModelFailureKind.Exception, MayPass: false);
        }

        living.Discard();
        child = null;
        return false;
    }

    private ModelChild Living()
    {
        if (child is { IsAlive: true })
        {
            return child;
        }

        // One that ended between two evaluations failed at none.
        child?.Dispose();
        child = null;
        return child = source.Next();
    }

    private readonly record struct Death(string Description, ModelFailureKind Kind, bool MayPass);
}
