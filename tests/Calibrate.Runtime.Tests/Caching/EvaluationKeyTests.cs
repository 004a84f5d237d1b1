using Calibrate.Runtime.Caching;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Caching;

public class EvaluationKeyTests
{
    private static readonly HostPlatform Here = HostPlatform.Current;

    [Fact]
    public void The_same_evaluation_has_the_same_key() => Assert.Equal(Hex(Keys("one"), 0.5), Hex(Keys("one"), 0.5));

    [Fact]
    public void Another_build_platform_problem_or_bit_is_another_key()
    {
        string[] keys =
        [
            Hex(Keys("one"), 0.5),
            Hex(Keys("two"), 0.5),
            Hex(Keys("one", Here with { CLibrary = "another" }), 0.5),
            Hex(Keys("one", problem: new ConjugateProblem { Sigma = 1 }), 0.5),
            Hex(Keys("one", problem: new ConjugateProblem { Identity = "another" }), 0.5),
            Hex(Keys("one", problem: new ConjugateProblem { Record = null }), 0.5),
            Hex(Keys("one"), Math.BitIncrement(0.5)),
            Hex(Keys("one"), 0.0),
            Hex(Keys("one"), -0.0),
            Hex(Keys("one"), 0.5, 0.0),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void What_cannot_change_an_outcome_does_not_change_the_key()
    {
        var key = Hex(Keys("one"), 0.5);

        Assert.Equal(key, Hex(Keys("one", problem: new ConjugateProblem { Iterations = 77 }), 0.5));
        Assert.Equal(key, Hex(Keys("one", problem: new ConjugateProblem { PriorSd = 3 }), 0.5));
    }

    [Fact]
    public void A_key_begins_with_what_people_see_of_the_model_fingerprint()
    {
        var seen = new ConjugateProblem().Build().ModelFingerprint("one").Short;

        Assert.Equal(2 * EvaluationKey.ModelBytes, seen.Length);
        Assert.StartsWith(seen, Hex(Keys("one"), 0.5), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith(seen, Hex(Keys("one"), 0.6), StringComparison.OrdinalIgnoreCase);
    }

    private static EvaluationKeys Keys(string build, HostPlatform? platform = null, ConjugateProblem? problem = null) =>
        new((problem ?? new ConjugateProblem()).Build(), build, platform ?? Here);

    private static string Hex(EvaluationKeys keys, params double[] natural) => Convert.ToHexString(keys.Of(natural).Bytes.Span);
}
