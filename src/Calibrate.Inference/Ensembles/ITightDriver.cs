using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Ensembles;

/// <summary>Runs whole iterations of one ensemble in place.</summary>
internal interface ITightDriver
{
    /// <summary>Runs iterations until <paramref name="to"/>, a limit or a refusal.</summary>
    void Run(ILikelihood likelihood, int to, AdvanceLimits limits);
}
