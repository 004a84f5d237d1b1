using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Testing.Likelihoods;
using Calibrate.Testing.Methods;

namespace Calibrate.Runtime.Tests.Chaos;

/// <summary>The chaos suite with a method that depends on no real algorithm: what fails here is the coordinator's fault.</summary>
public sealed class RelayChaosTests : ChaosSuite
{
    protected override ILikelihoodFactory Likelihood => FunctionLikelihood.FailingNormal;

    protected override IMethod MakeMethod() => new RelayMethod(seed: 7, ensembles: 3, walkers: 6, thin: 7);
}
