using System.Buffers;
using Calibrate.Inference;
using Calibrate.Inference.Digest;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Tests.Coordination;

/// <summary>An ensemble that hands out what a test gives it and never gets anywhere: for tests of who evaluates what when.</summary>
internal sealed class HandingEnsemble : IEnsemble
{
    private readonly List<EvaluationRequest> open = [];
    private int walkers;

    public int Index => 0;

    public int Iteration => 0;

    public ChainDigest Digest => default!;

    public string? Refusal => null;

    public bool HasBlock => false;

    public long BufferedBytes => 0;

    /// <summary>Makes so many evaluations of iteration 1 ready.</summary>
    public void Give(int count)
    {
        for (var i = 0; i < count; i++)
        {
            open.Add(new EvaluationRequest(new EvaluationId(0, 1, walkers++, 0), []));
        }
    }

    public void TakeReady(int horizon, List<EvaluationRequest> ready)
    {
        ready.AddRange(open);
        open.Clear();
    }

    public bool Settle(EvaluationId id, EvaluationOutcome outcome) => true;

    public void ReturnUnfinished() => throw new NotSupportedException();

    public void Advance(ILikelihood likelihood, int to, AdvanceLimits limits) => throw new NotSupportedException();

    public Block PeekBlock() => throw new NotSupportedException();

    public void DropBlock() => throw new NotSupportedException();

    public void Save(IBufferWriter<byte> writer) => throw new NotSupportedException();
}
