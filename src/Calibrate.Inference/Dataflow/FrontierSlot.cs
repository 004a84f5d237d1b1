using Calibrate.Inference.States;

namespace Calibrate.Inference.Dataflow;

/// <summary>One iteration of the look-ahead ring: its walkers as far as they are settled, and their proposals as far as they are made.</summary>
internal sealed class FrontierSlot
{
    internal FrontierSlot(EnsembleShape shape)
    {
        States = new WalkerStates(shape);
        Stages = new StepStage[shape.Walkers];
        Requests = new EvaluationRequest?[shape.Walkers];
        LogPriors = new double[shape.Walkers];
        LogJacobians = new double[shape.Walkers];
        LogFactors = new double[shape.Walkers];
        Evaluated = new bool[shape.Walkers];
    }

    /// <summary>The walkers after the step where it is settled; the proposed position where it is not.</summary>
    internal WalkerStates States { get; set; }

    internal StepStage[] Stages { get; }

    /// <summary>The evaluation that a ready or flying step waits for.</summary>
    internal EvaluationRequest?[] Requests { get; }

    /// <summary>Log prior of the proposal.</summary>
    internal double[] LogPriors { get; }

    /// <summary>Log Jacobian of the transforms at the proposal.</summary>
    internal double[] LogJacobians { get; }

    /// <summary>ln of the move's factor.</summary>
    internal double[] LogFactors { get; }

    /// <summary>Whether an evaluation settled the step, and not the prior alone.</summary>
    internal bool[] Evaluated { get; }

    /// <summary>Steps that are not settled.</summary>
    internal int Unsettled { get; set; }

    /// <summary>Evaluations that came in for this iteration.</summary>
    internal long Evaluations { get; set; }

    /// <summary>Prepares the slot for another iteration.</summary>
    internal void Reset()
    {
        Array.Fill(Stages, StepStage.Waiting);
        Array.Clear(Requests);
        Array.Clear(Evaluated);
        Array.Clear(States.Accepted);
        Unsettled = Stages.Length;
        Evaluations = 0;
    }
}
