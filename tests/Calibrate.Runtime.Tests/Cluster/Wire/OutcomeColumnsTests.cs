using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster.Wire;
using Google.Protobuf;

namespace Calibrate.Runtime.Tests.Cluster.Wire;

public class OutcomeColumnsTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_log_likelihood_that_no_slot_may_answer_is_refused(double value) =>
        Refused(OutcomeColumns.From([new Evaluated(value, [])]));

    [Fact]
    public void Columns_that_do_not_match_are_refused()
    {
        EvaluationOutcome[] outcomes = [new Evaluated(-1, [2, 3]), new Lost("gone")];
        var message = OutcomeColumns.From(outcomes);
        message.Deaths.Clear();
        Refused(message);

        message = OutcomeColumns.From(outcomes);
        message.RecordedCount = 3;
        Refused(message);

        message = OutcomeColumns.From(outcomes);
        message.Kinds = ByteString.CopyFrom(0, 0);
        Refused(message);
    }

    [Fact]
    public void An_outcome_of_unknown_kind_is_refused()
    {
        var message = OutcomeColumns.From([new ModelFailed(ModelFailureKind.Exception, "no")]);
        message.Kinds = ByteString.CopyFrom(9);
        Refused(message);

        message = OutcomeColumns.From([new ModelFailed((ModelFailureKind)77, "no")]);
        Refused(message);
    }

    [Fact]
    public void A_long_reason_loses_its_end()
    {
        var read = OutcomeColumns.ToOutcomes(OutcomeColumns.From([new ModelFailed(ModelFailureKind.Exception, new string('x', 100_000))]));
        var failed = Assert.IsType<ModelFailed>(Assert.Single(read));
        Assert.Equal(Fields.LongestReason, failed.Message.Length);
        Assert.EndsWith("...", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_numbers_of_recorded_outputs_are_no_columns() =>
        Assert.Throws<ArgumentException>(() => OutcomeColumns.From([new Evaluated(-1, [2]), new Evaluated(-1, [2, 3])]));

    private static void Refused(Calibrate.Runtime.Cluster.Wire.Protobuf.Outcomes message) =>
        Assert.Throws<InvalidDataException>(() => OutcomeColumns.ToOutcomes(message));
}
