using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.Assemblies;

/// <summary>samples/models/csharp: an assembly that was built on its own, beside its problem.</summary>
public class GrowthSampleTests
{
    [Fact]
    public void The_sample_loads_its_assembly_and_follows_its_data()
    {
        Problem problem = Load();
        double atTruth = ProblemTexts.LogLikelihood(problem, 8, 0.45, 0.1);

        // 13 observations with sigma 0.15: a chi-square of 13, give or take 5, and the normalisation.
        double normalisation = -13 * (Math.Log(0.15) + (0.5 * Math.Log(2 * Math.PI)));
        Assert.InRange(-2 * (atTruth - normalisation), 2, 40);
        Assert.True(ProblemTexts.LogLikelihood(problem, 8, 0.6, 0.1) < atTruth);
    }

    [Fact]
    public void The_model_is_that_of_the_assembly()
    {
        ForwardModelBinding binding = Assert.IsType<ForwardModelBinding>(Load().Model);
        ModelOutput output = new(binding.Factory.Signature);
        binding.Factory.Create().Evaluate([8, 0.45, 0.1], output);
        Assert.Equal(0.1, output[0][0], 1e-15);
        Assert.Equal(8 / (1 + (79 * Math.Exp(-0.45 * 24))), output[0][24], 1e-12);
    }

    [Fact]
    public void The_assembly_travels_with_the_problem()
    {
        Problem problem = Load();
        ProblemBundle bundle = ProblemBundle.Of(problem);
        Assert.Contains("bin/Growth.dll", bundle.Files.Keys);
        Problem elsewhere = ProblemFile.Parse(bundle, new BuiltInModels());
        Assert.Equal(problem.ModelFingerprint("b"), elsewhere.ModelFingerprint("b"));
        Assert.Equal(ProblemTexts.LogLikelihood(problem, 8, 0.5, 0.2), ProblemTexts.LogLikelihood(elsewhere, 8, 0.5, 0.2));
    }

    // Where it was built, not among the copies beside the tests: those were taken before.
    private static Problem Load() => ProblemFile.Load(DocumentedBlocks.PathOf("samples", "models", "csharp", "growth.yaml"), new BuiltInModels());
}
