using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Chaos;

/// <summary>A second real method through the same suite: the coordinator knows no algorithm.</summary>
public sealed class RandomSearchChaosTests : ChaosSuite
{
    protected override ILikelihoodFactory Likelihood => TestProblems.RandomSearch.Likelihood;

    protected override IMethod MakeMethod() => MethodFactory.Create(TestProblems.RandomSearch, seed: 5);
}
