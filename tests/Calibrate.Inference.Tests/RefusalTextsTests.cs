namespace Calibrate.Inference.Tests;

/// <summary>Every refusal says where, what was found and what to do, in one line and in the invariant culture.</summary>
public class RefusalTextsTests
{
    public static TheoryData<string, string, string> Texts => new()
    {
        { RefusalTexts.InfiniteLikelihood(new EvaluationId(2, 7, 3, 0), [0.5, -1e-7], "It is infinite."), "Ensemble 2, iteration 7, walker 3: It is infinite.", "(0.5, -1E-07)" },
        { RefusalTexts.NoInitialPosition(1, 4, 100, "the prior", "why"), "Ensemble 1, walker 4", "start from a ball" },
        { RefusalTexts.OddWalkers(7), "7 walkers", "Use 8." },
        { RefusalTexts.FewWalkers(6, 5), "6 walkers for 5 parameters", "at least 10" },
        { RefusalTexts.FewHelpers("kde", 8, 4, 5), "'kde' needs 5", "Use more walkers" },
        { RefusalTexts.DegenerateStart(1, 3.2e17), "Ensemble 1", "3.2e+17" },
        { RefusalTexts.ConstantParameter(1, "x"), "'x'", "fix the parameter" },
        { RefusalTexts.PriorCannotBeSampled(), "flat prior", "start from a ball" },
        { RefusalTexts.PriorCannotBeSearched(), "flat prior", "or bounds" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void SaysWhatWasFoundAndWhatToDo(string text, string found, string advice)
    {
        Assert.Contains(found, text, StringComparison.Ordinal);
        Assert.Contains(advice, text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
    }
}
