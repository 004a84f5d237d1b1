using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Caching;

namespace Calibrate.Runtime.Tests.Caching;

public class OutcomeBytesTests
{
    private static readonly EvaluationKey Key = new(new byte[32]);

    public static TheoryData<EvaluationOutcome> Outcomes =>
    [
        new Evaluated(-1.5, [2, double.NaN, -0.0]),
        new Evaluated(double.NegativeInfinity, []),
        new ModelFailed(ModelFailureKind.NonZeroExit, "exit 3, said “no”"),
        new ModelFailed(ModelFailureKind.Exception, ""),
    ];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void An_outcome_comes_back_as_it_was(EvaluationOutcome outcome) =>
        Assert.Equivalent(outcome, OutcomeBytes.Read(Key, OutcomeBytes.Write(Key, outcome)), strict: true);

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Bytes_that_changed_were_cut_or_belong_elsewhere_are_a_miss(EvaluationOutcome outcome)
    {
        var bytes = OutcomeBytes.Write(Key, outcome);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(OutcomeBytes.Read(Key, bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(OutcomeBytes.Read(Key, bytes.AsSpan(0, length)));
        }

        Assert.Null(OutcomeBytes.Read(new EvaluationKey(Enumerable.Repeat((byte)1, 32).ToArray()), bytes));
        Assert.NotNull(OutcomeBytes.Read(Key, bytes));
    }

    [Fact]
    public void What_depends_on_the_machine_cannot_be_written()
    {
        Assert.Throws<ArgumentException>(() => OutcomeBytes.Write(Key, new Lost("gone")));
        Assert.Throws<ArgumentException>(() => OutcomeBytes.Write(Key, new ResourceExceeded(ResourceKind.Time, "slow")));
    }
}
