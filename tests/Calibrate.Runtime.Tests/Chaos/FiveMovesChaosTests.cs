using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Chaos;

/// <summary>The ensemble sampler with all five moves mixed, transformed parameters and a part of the space where the model fails.</summary>
public sealed class FiveMovesChaosTests : ChaosSuite
{
    protected override ILikelihoodFactory Likelihood => TestProblems.FiveMoves.Likelihood;

    protected override int Iterations => 30;

    protected override IMethod MakeMethod() => MethodFactory.Create(TestProblems.FiveMoves, seed: 11);
}
